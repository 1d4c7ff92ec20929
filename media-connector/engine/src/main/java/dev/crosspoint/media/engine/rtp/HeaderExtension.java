package dev.crosspoint.media.engine.rtp;

import java.util.Arrays;
import java.util.Optional;

/** Header extensions known by URI. */
public enum HeaderExtension {
  /** RFC 9143. */
  MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
  /** RFC 8852. */
  RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  /** RFC 8852. */
  REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  /** RFC 6464. */
  AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  /** 3GPP TS 26.114. */
  VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
  /** How the samples of the picture are meant: range, primaries, transfer, matrix. */
  COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space"),
  /**
   * Layers of a frame and what it depends on, whatever the codec (RTP payload format for AV1,
   * appendix A). Often longer than the 16 bytes of a one-byte header.
   */
  DEPENDENCY_DESCRIPTOR(
      "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
  PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
  ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time");

  private final String uri;

  HeaderExtension(String uri) {
    this.uri = uri;
  }

  /** As it stands in session descriptions. */
  public String uri() {
    return uri;
  }

  /** The extension with this URI, if the engine knows it. */
  public static Optional<HeaderExtension> ofUri(String uri) {
    return Arrays.stream(values()).filter(known -> known.uri.equals(uri)).findFirst();
  }
}
