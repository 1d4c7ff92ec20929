package dev.crosspoint.media.api;

/**
 * A header extension that one side can handle (RFC 8285, ORTC {@code RTCRtpHeaderExtension}).
 *
 * @param preferredId 1 to 14 (one-byte form)
 * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}
 */
public record RtpHeaderExtension(
    MediaKind kind, String uri, int preferredId, boolean preferredEncrypt, String direction) {}
