package dev.crosspoint.media.engine.sctp;

import java.nio.ByteBuffer;

/**
 * A message, whole.
 *
 * @param streamId the stream, from 0
 * @param protocol what the payload is (RFC 8831, 8), for the application alone
 * @param unordered whether it may overtake others of its stream
 * @param payload between position and limit, at least one byte; nobody changes it
 */
public record SctpMessage(int streamId, int protocol, boolean unordered, ByteBuffer payload) {}
