/**
 * Data channels (RFC 8831) in the sense of ORTC: what one client sends on a stream of its SCTP
 * association, and who is sent it. Called by transports, routers and the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.data;

import org.jspecify.annotations.NullMarked;
