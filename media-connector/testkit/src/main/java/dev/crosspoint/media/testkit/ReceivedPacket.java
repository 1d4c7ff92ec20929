package dev.crosspoint.media.testkit;

import java.util.List;

/**
 * An RTP packet as a client got it, in the clear.
 *
 * @param sequenceNumber the original one when {@code resent}
 * @param resent whether it came as a retransmission (RFC 4588)
 * @param mid value of header extension 1, empty when absent
 */
public record ReceivedPacket(
    int ssrc,
    int payloadType,
    int sequenceNumber,
    int timestamp,
    boolean marker,
    boolean resent,
    String mid,
    List<Byte> payload) {}
