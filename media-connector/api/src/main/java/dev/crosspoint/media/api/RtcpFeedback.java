package dev.crosspoint.media.api;

/**
 * One RTCP feedback mechanism of a codec (RFC 4585, section 4.2).
 *
 * @param type for example {@code nack}, {@code ccm}, {@code transport-cc}
 * @param parameter for example {@code pli}; empty when the mechanism has none
 */
public record RtcpFeedback(String type, String parameter) {}
