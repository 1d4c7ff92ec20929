package dev.crosspoint.media.api;

/**
 * RTCP settings of a stream.
 *
 * @param cname RFC 3550 canonical name; empty when the sender did not say
 * @param reducedSize whether reduced-size RTCP (RFC 5506) is used
 */
public record RtcpParameters(String cname, boolean reducedSize) {}
