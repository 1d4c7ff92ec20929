package dev.crosspoint.media.api;

import java.util.OptionalInt;

/**
 * How messages travel on a data channel. At most one of the two limits is there; without any,
 * messages are sent until they arrive.
 *
 * @param streamId SCTP stream, 0 to 65534
 * @param ordered whether messages arrive in order
 * @param maxPacketLifeTime how long a message is sent again, in milliseconds
 * @param maxRetransmits how often a message is sent again
 */
public record SctpStreamParameters(
    int streamId, boolean ordered, OptionalInt maxPacketLifeTime, OptionalInt maxRetransmits) {}
