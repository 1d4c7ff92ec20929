/**
 * ICE-lite (RFC 8445): answers authenticated checks and knows which address its client nominated.
 * Called by transports.
 */
@NullMarked
package dev.crosspoint.media.engine.ice;

import org.jspecify.annotations.NullMarked;
