package dev.crosspoint.media.testkit;

import java.util.List;

/**
 * An RTCP packet as a client got it, in the clear.
 *
 * @param count report count, source count or feedback format
 * @param words the whole packet, header first
 */
public record ReceivedRtcp(int type, int count, List<Integer> words) {}
