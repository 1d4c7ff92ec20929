package dev.crosspoint.media.api;

import java.util.List;
import java.util.Map;

/**
 * A codec that one side can receive (ORTC {@code RTCRtpCodecCapability}).
 *
 * @param mimeType for example {@code audio/opus}; compared without regard to case
 * @param preferredPayloadType RTP payload type, 0 to 127
 * @param clockRate in Hz
 * @param channels audio channels; 1 for video
 * @param parameters format parameters (SDP {@code fmtp}), strings, numbers or booleans
 */
public record RtpCodecCapability(
    MediaKind kind,
    String mimeType,
    int preferredPayloadType,
    int clockRate,
    int channels,
    Map<String, Object> parameters,
    List<RtcpFeedback> rtcpFeedback) {
  public RtpCodecCapability {
    parameters = Map.copyOf(parameters);
    rtcpFeedback = List.copyOf(rtcpFeedback);
  }
}
