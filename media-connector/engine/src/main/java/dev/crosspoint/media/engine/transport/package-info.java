/**
 * Transports: the demultiplexing of datagrams, ICE, SRTP, the way of RTP and RTCP to and from one
 * client. Called by the engine; calls forwarding.
 */
@NullMarked
package dev.crosspoint.media.engine.transport;

import org.jspecify.annotations.NullMarked;
