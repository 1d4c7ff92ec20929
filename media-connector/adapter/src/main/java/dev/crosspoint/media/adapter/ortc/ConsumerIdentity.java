package dev.crosspoint.media.adapter.ortc;

/**
 * The names of a consumer's stream, fresh for each one.
 *
 * @param mid unique on the transport
 * @param ssrc unsigned 32 bits
 * @param rtxSsrc of the retransmissions, if they get a stream of their own
 */
public record ConsumerIdentity(String mid, long ssrc, long rtxSsrc, String cname) {}
