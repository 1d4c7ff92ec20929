package dev.crosspoint.media.api;

import java.util.List;

/**
 * One stream as it is sent or received (ORTC {@code RTCRtpParameters}).
 *
 * @param mid SDP media identification (RFC 8843); empty when unused
 */
public record RtpParameters(
    String mid,
    List<RtpCodecParameters> codecs,
    List<RtpHeaderExtensionParameters> headerExtensions,
    List<RtpEncodingParameters> encodings,
    RtcpParameters rtcp) {
  public RtpParameters {
    codecs = List.copyOf(codecs);
    headerExtensions = List.copyOf(headerExtensions);
    encodings = List.copyOf(encodings);
  }
}
