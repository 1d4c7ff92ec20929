package dev.crosspoint.media.adapter.ortc;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtcpParameters;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpEncodingParameters;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What mediasoup-client 3.24 in Chromium sends, written down from its negotiation. */
public final class Streams {

  static final RtpCapabilities ROUTER = RouterCapabilities.preferring(CodecName.VP8);

  private static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  private Streams() {}

  public static RtpParameters chromiumCamera() {
    return new RtpParameters(
        "1",
        List.of(
            new RtpCodecParameters(
                "video/VP8",
                96,
                90_000,
                1,
                Map.of(),
                List.of(
                    new RtcpFeedback("goog-remb", ""),
                    new RtcpFeedback("transport-cc", ""),
                    new RtcpFeedback("ccm", "fir"),
                    new RtcpFeedback("nack", ""),
                    new RtcpFeedback("nack", "pli"))),
            rtx(97, 96)),
        List.of(
            extension("urn:ietf:params:rtp-hdrext:sdes:mid", 4),
            extension("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", 10),
            extension("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", 11),
            extension(TRANSPORT_CC, 3)),
        List.of(encoding(3_735_928_559L, OptionalLong.of(3_405_691_582L))),
        new RtcpParameters("q9cYCZb3yqSMQrLW", true));
  }

  public static RtpParameters chromiumMicrophone() {
    return new RtpParameters(
        "0",
        List.of(
            new RtpCodecParameters(
                "audio/opus",
                111,
                48_000,
                2,
                Map.of("minptime", 10, "useinbandfec", 1, "sprop-stereo", 1),
                List.of(new RtcpFeedback("transport-cc", "")))),
        List.of(
            extension("urn:ietf:params:rtp-hdrext:sdes:mid", 4),
            extension("urn:ietf:params:rtp-hdrext:ssrc-audio-level", 1),
            extension(TRANSPORT_CC, 3)),
        List.of(encoding(1_000, OptionalLong.empty())),
        new RtcpParameters("q9cYCZb3yqSMQrLW", true));
  }

  /** What a device that loaded the router's capabilities says it can receive. */
  public static RtpCapabilities receiver() {
    return ROUTER;
  }

  static RtpCapabilities receiverOf(String... mimeTypes) {
    List<String> wanted = List.of(mimeTypes);
    List<RtpCodecCapability> codecs =
        receiver().codecs().stream().filter(codec -> wanted.contains(codec.mimeType())).toList();
    return new RtpCapabilities(codecs, receiver().headerExtensions());
  }

  /** A device that can do one form of a video codec, under the router's payload type. */
  static RtpCapabilities receiverOf(String mimeType, Map<String, Object> parameters) {
    List<RtpCodecCapability> codecs =
        receiver().codecs().stream()
            .filter(codec -> codec.mimeType().equals(mimeType))
            .limit(1)
            .map(codec ->
                new RtpCodecCapability(
                    codec.kind(),
                    codec.mimeType(),
                    codec.preferredPayloadType(),
                    codec.clockRate(),
                    codec.channels(),
                    parameters,
                    codec.rtcpFeedback()))
            .toList();
    return new RtpCapabilities(codecs, receiver().headerExtensions());
  }

  static RtpCapabilities receiverWithout(String uri) {
    List<RtpHeaderExtension> extensions =
        receiver().headerExtensions().stream().filter(known -> !known.uri().equals(uri)).toList();
    return new RtpCapabilities(receiver().codecs(), extensions);
  }

  static RtpParameters with(RtpParameters base, List<RtpCodecParameters> codecs) {
    return new RtpParameters(
        base.mid(), codecs, base.headerExtensions(), base.encodings(), base.rtcp());
  }

  static RtpParameters withEncodings(RtpParameters base, List<RtpEncodingParameters> encodings) {
    return new RtpParameters(
        base.mid(), base.codecs(), base.headerExtensions(), encodings, base.rtcp());
  }

  static RtpParameters withExtensions(
      RtpParameters base, List<RtpHeaderExtensionParameters> extensions) {
    return new RtpParameters(base.mid(), base.codecs(), extensions, base.encodings(), base.rtcp());
  }

  static RtpCodecParameters codec(String mimeType, int payloadType, int clockRate) {
    return new RtpCodecParameters(mimeType, payloadType, clockRate, 1, Map.of(), List.of());
  }

  /** The same with format parameters. */
  static RtpCodecParameters codec(
      String mimeType, int payloadType, Map<String, Object> parameters) {
    return new RtpCodecParameters(mimeType, payloadType, 90_000, 1, parameters, List.of());
  }

  static Map<String, Object> h264(Object profileLevelId, int packetizationMode) {
    return Map.of("profile-level-id", profileLevelId, "packetization-mode", packetizationMode);
  }

  static RtpCodecParameters rtx(int payloadType, int associated) {
    return new RtpCodecParameters(
        "video/rtx", payloadType, 90_000, 1, Map.of("apt", associated), List.of());
  }

  static RtpHeaderExtensionParameters extension(String uri, int id) {
    return new RtpHeaderExtensionParameters(uri, id, false, Map.of());
  }

  static RtpEncodingParameters encoding(long ssrc, OptionalLong rtx) {
    return encoding(OptionalLong.of(ssrc), Optional.empty(), rtx);
  }

  static RtpEncodingParameters encoding(OptionalLong ssrc, Optional<String> rid, OptionalLong rtx) {
    return new RtpEncodingParameters(
        ssrc, rid, OptionalInt.empty(), rtx, false, Optional.empty(), OptionalLong.empty());
  }

  static ProducerOffer offer(MediaKind kind, RtpParameters parameters) {
    return new ProducerNegotiation(ROUTER).negotiate(kind, parameters);
  }
}
