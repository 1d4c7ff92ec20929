package dev.crosspoint.media.api;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One encoding of a stream; a simulcast stream has several (ORTC {@code RTCRtpEncodingParameters}).
 *
 * @param ssrc unsigned 32 bits; absent when the encoding is told by its rid
 * @param rid RFC 8852 stream identifier; absent when the encoding is told by its ssrc
 * @param codecPayloadType absent: the stream's first media codec
 * @param rtxSsrc of the retransmission stream (RFC 4588), if there is one
 * @param scalabilityMode for example {@code L1T3}
 * @param maxBitrate in bits per second
 */
public record RtpEncodingParameters(
    OptionalLong ssrc,
    Optional<String> rid,
    OptionalInt codecPayloadType,
    OptionalLong rtxSsrc,
    boolean dtx,
    Optional<String> scalabilityMode,
    OptionalLong maxBitrate) {}
