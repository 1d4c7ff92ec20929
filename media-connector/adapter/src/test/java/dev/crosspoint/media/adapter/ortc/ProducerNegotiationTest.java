package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.adapter.ortc.Streams.chromiumCamera;
import static dev.crosspoint.media.adapter.ortc.Streams.chromiumMicrophone;
import static dev.crosspoint.media.adapter.ortc.Streams.codec;
import static dev.crosspoint.media.adapter.ortc.Streams.encoding;
import static dev.crosspoint.media.adapter.ortc.Streams.extension;
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
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.List;
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
  void onlyUnknownCodecsAreUnsupported() {
    assertRefused(
        MediaErrorCode.UNSUPPORTED_CODEC,
        with(chromiumCamera(), List.of(codec("video/H265", 98, 90_000))));
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
    assertThatThrownBy(() -> offer(MediaKind.video, parameters))
        .isInstanceOfSatisfying(
            MediaException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
