/**
 * RTP (RFC 3550, RFC 8285): views and writers over buffers that allocate nothing, and the
 * negotiated facts about a stream. Knows no other package of the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.rtp;

import org.jspecify.annotations.NullMarked;
