/**
 * Messages of the signalling protocol and what they speak of, as records written from the JSON
 * Schemas. Everything on the server's side of a socket may use them; they know nobody but {@code
 * media.api}'s ORTC types.
 */
@NullMarked
package dev.crosspoint.contract;

import org.jspecify.annotations.NullMarked;
