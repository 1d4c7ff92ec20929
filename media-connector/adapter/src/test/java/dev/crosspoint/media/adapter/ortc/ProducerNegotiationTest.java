package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.adapter.ortc.Streams.chromiumCamera;
import static dev.crosspoint.media.adapter.ortc.Streams.chromiumMicrophone;
import static dev.crosspoint.media.adapter.ortc.Streams.codec;
import static dev.crosspoint.media.adapter.ortc.Streams.encoding;
import static dev.crosspoint.media.adapter.ortc.Streams.extension;
import static dev.crosspoint.media.adapter.ortc.Streams.h264;
import static dev.crosspoint.media.adapter.ortc.Streams.offer;
import static dev.crosspoint.media.adapter.ortc.Streams.rtx;
import static dev.crosspoint.media.adapter.ortc.Streams.with;
import static dev.crosspoint.media.adapter.ortc.Streams.withEncodings;
import static dev.crosspoint.media.adapter.ortc.Streams.withExtensions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProducerNegotiationTest {

  @Test
  void theEngineSeesTheNumbersOfTheSender() {
    ProducerOffer offer = offer(MediaKind.video, chromiumCamera());

    assertThat(offer.engine().codecs())
        .singleElement()
        .satisfies(codec -> {
          assertThat(codec.name()).isEqualTo(CodecName.VP8);
          assertThat(codec.payloadType()).isEqualTo(96);
          assertThat(codec.rtxPayloadType()).isEqualTo(97);
          assertThat(codec.feedback()).containsExactlyInAnyOrder(RtcpFeedback.values());
        });
    assertThat(offer.engine().encodings())
        .containsExactly(RtpEncoding.ofSsrc(3_735_928_559L, 3_405_691_582L));
    assertThat(offer.engine().extensions())
        .containsEntry(HeaderExtension.MID, 4)
        .containsEntry(HeaderExtension.TRANSPORT_CC, 3);
    assertThat(offer.engine().cname()).isEqualTo("q9cYCZb3yqSMQrLW");
  }

  @Test
  void receiversSeeTheNumbersOfTheRouter() {
    ProducerOffer offer = offer(MediaKind.audio, chromiumMicrophone());

    assertThat(offer.codecs())
        .singleElement()
        .satisfies(codec -> {
          assertThat(codec.payloadType()).isEqualTo(100);
          assertThat(codec.channels()).isEqualTo(2);
          assertThat(codec.parameters()).containsEntry("sprop-stereo", 1);
        });
  }

  @Test
  void anUnknownCodecBesideAKnownOneIsLeftOut() {
    RtpParameters parameters =
        with(
            chromiumCamera(),
            List.of(codec("video/H265", 98, 90_000), codec("video/vp8", 96, 90_000)));

    assertThat(offer(MediaKind.video, parameters).engine().codecs())
        .singleElement()
        .satisfies(codec -> assertThat(codec.payloadType()).isEqualTo(96));
  }

  @Test
  void redundantSoundBesideOpusIsLeftOut() {
    RtpParameters microphone = chromiumMicrophone();
    RtpCodecParameters red =
        new RtpCodecParameters("audio/red", 63, 48_000, 2, Map.of("111/111", ""), List.of());

    ProducerOffer offer =
        offer(MediaKind.audio, with(microphone, List.of(red, microphone.codecs().getFirst())));

    assertThat(offer.codecs())
        .singleElement()
        .satisfies(codec -> assertThat(codec.mimeType()).isEqualTo("audio/opus"));
    assertThat(offer.engine().codecs())
        .singleElement()
        .satisfies(codec -> assertThat(codec.payloadType()).isEqualTo(111));
    assertRefused(
        MediaErrorCode.UNSUPPORTED_CODEC, MediaKind.audio, with(microphone, List.of(red)));
  }

  @Test
  void onlyUnknownCodecsAreUnsupported() {
    assertRefused(
        MediaErrorCode.UNSUPPORTED_CODEC,
        with(chromiumCamera(), List.of(codec("video/H265", 98, 90_000))));
  }

  @Test
  void everyFormOfACodecTakesThePayloadTypeOfItsOwn() {
    assertThat(payloadTypeFor(codec("video/VP9", 98, Map.of("profile-id", 0)))).isEqualTo(103);
    assertThat(payloadTypeFor(codec("video/VP9", 98, Map.of()))).isEqualTo(103);
    assertThat(payloadTypeFor(codec("video/VP9", 98, Map.of("profile-id", 2)))).isEqualTo(105);
    assertThat(payloadTypeFor(codec("video/H264", 98, h264("42e01f", 1)))).isEqualTo(107);
    assertThat(payloadTypeFor(codec("video/H264", 98, h264("42c02a", 1))))
        .as("another level and more constraints of the same profile")
        .isEqualTo(107);
    assertThat(payloadTypeFor(codec("video/H264", 98, h264("640032", 1)))).isEqualTo(109);
    assertThat(payloadTypeFor(codec("video/H264", 98, h264(640_032, 1))))
        .as("what looks like a number")
        .isEqualTo(109);
    assertThat(payloadTypeFor(codec("video/AV1", 98, Map.of("level-idx", 5)))).isEqualTo(111);
  }

  @Test
  void aFormThatTheRouterDoesNotOfferIsUnsupported() {
    List.of(
            codec("video/VP9", 98, Map.of("profile-id", 1)),
            codec("video/H264", 98, h264("42e01f", 0)),
            codec("video/H264", 98, h264("42001f", 1)),
            codec("video/H264", 98, h264("4d001f", 1)),
            codec("video/H264", 98, h264("not hex", 1)),
            codec("video/H264", 98, Map.of("packetization-mode", 1)),
            codec("video/AV1", 98, Map.of("profile", 1)))
        .forEach(form ->
            assertRefused(MediaErrorCode.UNSUPPORTED_CODEC, with(chromiumCamera(), List.of(form))));
  }

  @Test
  void twoFormsOfACodecInOneStreamKeepApart() {
    ProducerOffer offer =
        offer(
            MediaKind.video,
            with(
                chromiumCamera(),
                List.of(
                    codec("video/VP9", 98, Map.of("profile-id", 0)),
                    codec("video/VP9", 99, Map.of("profile-id", 2)))));

    assertThat(offer.codecs())
        .extracting(RtpCodecParameters::payloadType)
        .containsExactly(103, 105);
    assertThat(offer.engine().codecs().getFirst().isSameFormat(offer.engine().codecs().getLast()))
        .isFalse();
  }

  private static int payloadTypeFor(RtpCodecParameters codec) {
    return offer(MediaKind.video, with(chromiumCamera(), List.of(codec)))
        .codecs()
        .getFirst()
        .payloadType();
  }

  @Test
  void aWrongKindIsInvalid() {
    assertRefused(MediaErrorCode.INVALID_RTP_PARAMETERS, chromiumMicrophone());
  }

  @Test
  void contradictoryPayloadTypesAreInvalid() {
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        with(chromiumCamera(), List.of(codec("video/VP8", 96, 90_000), rtx(96, 96))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        with(chromiumCamera(), List.of(codec("video/VP8", 96, 90_000), rtx(97, 95))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        with(chromiumCamera(), List.of(codec("video/VP8", 128, 90_000))));
  }

  @Test
  void contradictoryStreamIdentifiersAreInvalid() {
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withEncodings(chromiumCamera(), List.of(encoding(7, OptionalLong.of(7)))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withEncodings(chromiumCamera(), List.of(encoding(1L << 32, OptionalLong.empty()))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withEncodings(
            chromiumCamera(),
            List.of(
                encoding(OptionalLong.empty(), Optional.of("r0"), OptionalLong.empty()),
                encoding(OptionalLong.empty(), Optional.of("r0"), OptionalLong.empty()))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withEncodings(
            chromiumCamera(),
            List.of(
                encoding(OptionalLong.empty(), Optional.of("not a rid"), OptionalLong.empty()))));
  }

  @Test
  void extensionIdsOutOfRangeOrUsedTwiceAreInvalid() {
    String mid = HeaderExtension.MID.uri();
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withExtensions(chromiumCamera(), List.of(extension(mid, 15))));
    assertRefused(
        MediaErrorCode.INVALID_RTP_PARAMETERS,
        withExtensions(
            chromiumCamera(), List.of(extension(mid, 1), extension(HeaderExtension.RID.uri(), 1))));
  }

  @Test
  void aStreamKnownOnlyByItsMidIsFoundByIt() {
    ProducerOffer offer = offer(MediaKind.video, withEncodings(chromiumCamera(), List.of()));

    assertThat(offer.engine().mid()).isEqualTo("1");
    assertThat(offer.engine().encodings()).containsExactly(RtpEncoding.ofRid(""));
  }

  private static void assertRefused(MediaErrorCode code, RtpParameters parameters) {
    assertRefused(code, MediaKind.video, parameters);
  }

  private static void assertRefused(MediaErrorCode code, MediaKind kind, RtpParameters parameters) {
    assertThatThrownBy(() -> offer(kind, parameters))
        .isInstanceOfSatisfying(
            MediaException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
