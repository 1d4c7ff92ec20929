package dev.crosspoint.media.api;

import java.util.List;
import java.util.Map;

/**
 * A codec as it is used in one stream (ORTC {@code RTCRtpCodecParameters}).
 *
 * @param payloadType 0 to 127
 * @param clockRate in Hz
 * @param channels audio channels; 1 for video
 */
public record RtpCodecParameters(
    String mimeType,
    int payloadType,
    int clockRate,
    int channels,
    Map<String, Object> parameters,
    List<RtcpFeedback> rtcpFeedback) {
  public RtpCodecParameters {
    parameters = Map.copyOf(parameters);
    rtcpFeedback = List.copyOf(rtcpFeedback);
  }
}
