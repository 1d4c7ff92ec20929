package dev.crosspoint.media.api;

import java.util.List;

/** What one side can receive (ORTC {@code RTCRtpCapabilities}). */
public record RtpCapabilities(
    List<RtpCodecCapability> codecs, List<RtpHeaderExtension> headerExtensions) {
  public RtpCapabilities {
    codecs = List.copyOf(codecs);
    headerExtensions = List.copyOf(headerExtensions);
  }
}
