/** Tokens, good and bad. */
@NullMarked
package dev.crosspoint.identity.boundary;

import org.jspecify.annotations.NullMarked;
