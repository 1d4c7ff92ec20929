/**
 * STUN messages (RFC 8489): parsing, writing, integrity and fingerprint. Called by the ICE agent.
 */
@NullMarked
package dev.crosspoint.media.engine.stun;

import org.jspecify.annotations.NullMarked;
