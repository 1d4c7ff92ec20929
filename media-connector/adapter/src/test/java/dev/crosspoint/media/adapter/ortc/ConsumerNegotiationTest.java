package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.adapter.ortc.Streams.chromiumCamera;
import static dev.crosspoint.media.adapter.ortc.Streams.chromiumMicrophone;
import static dev.crosspoint.media.adapter.ortc.Streams.codec;
import static dev.crosspoint.media.adapter.ortc.Streams.extension;
import static dev.crosspoint.media.adapter.ortc.Streams.h264;
import static dev.crosspoint.media.adapter.ortc.Streams.offer;
import static dev.crosspoint.media.adapter.ortc.Streams.receiver;
import static dev.crosspoint.media.adapter.ortc.Streams.receiverOf;
import static dev.crosspoint.media.adapter.ortc.Streams.receiverWithout;
import static dev.crosspoint.media.adapter.ortc.Streams.with;
import static dev.crosspoint.media.adapter.ortc.Streams.withExtensions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerNegotiationTest {

  private static final ConsumerIdentity IDENTITY = new ConsumerIdentity("3", 11, 12, "camera");

  @Test
  void clientAndEngineAreToldTheSameNumbers() {
    ConsumerAnswer answer = camera(receiver());

    assertThat(answer.client().mid()).isEqualTo("3").isEqualTo(answer.engine().mid());
    assertThat(answer.client().codecs())
        .extracting(RtpCodecParameters::mimeType, RtpCodecParameters::payloadType)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("video/VP8", 101),
            org.assertj.core.groups.Tuple.tuple("video/rtx", 102));
    assertThat(answer.engine().codecs().getFirst().payloadType()).isEqualTo(101);
    assertThat(answer.engine().codecs().getFirst().rtxPayloadType()).isEqualTo(102);
    assertThat(answer.client().encodings().getFirst().ssrc()).hasValue(11);
    assertThat(answer.client().encodings().getFirst().rtxSsrc()).hasValue(12);
    assertThat(answer.engine().encoding().rtxSsrc()).isEqualTo(12);
    assertThat(answer.client().rtcp().cname()).isEqualTo("camera");
  }

  @Test
  void theMidAndTransportWideNumbersAreAlwaysSent() {
    ConsumerAnswer answer = camera(receiver());

    assertThat(answer.client().headerExtensions())
        .extracting(RtpHeaderExtensionParameters::uri)
        .containsExactly(HeaderExtension.MID.uri(), HeaderExtension.TRANSPORT_CC.uri());
    assertThat(answer.engine().extensions()).containsEntry(HeaderExtension.MID, 1);
  }

  @Test
  void extensionsThatTheReceiverDoesNotKnowAreLeftOut() {
    String level = HeaderExtension.AUDIO_LEVEL.uri();

    assertThat(microphone(receiver()).engine().extensions())
        .containsKey(HeaderExtension.AUDIO_LEVEL);
    assertThat(microphone(receiverWithout(level)).engine().extensions())
        .doesNotContainKey(HeaderExtension.AUDIO_LEVEL);
  }

  @Test
  void aReceiverTellsWhatItsLineTakesByTransportWideNumbersOrByItsOwnEstimate() {
    assertThat(camera(receiver()).client().codecs().getFirst().rtcpFeedback())
        .contains(new RtcpFeedback("nack", "pli"), new RtcpFeedback("transport-cc", ""))
        .doesNotContain(new RtcpFeedback("goog-remb", ""));
    RtpCapabilities other = receiverWithout(HeaderExtension.TRANSPORT_CC.uri());
    assertThat(camera(other).client().codecs().getFirst().rtcpFeedback())
        .contains(new RtcpFeedback("goog-remb", ""))
        .doesNotContain(new RtcpFeedback("transport-cc", ""));
  }

  @Test
  void aReceiverWithoutRtxGetsPlainResends() {
    ConsumerAnswer answer = camera(receiverOf("video/VP8"));

    assertThat(answer.client().codecs()).hasSize(1);
    assertThat(answer.client().encodings().getFirst().rtxSsrc()).isEqualTo(OptionalLong.empty());
    assertThat(answer.engine().encoding().hasRtx()).isFalse();
  }

  @Test
  void parametersOfTheSendersCodecReachTheReceiver() {
    assertThat(microphone(receiver()).client().codecs().getFirst().parameters())
        .containsEntry("sprop-stereo", 1);
  }

  @Test
  void aReceiverWithoutTheCodecCannotConsume() {
    assertThatThrownBy(() -> camera(receiverOf("audio/opus")))
        .isInstanceOfSatisfying(
            MediaException.class,
            refused -> assertThat(refused.code()).isEqualTo(MediaErrorCode.CANNOT_CONSUME));
  }

  @Test
  void everyFormOfACodecIsForReceiversOfThatForm() {
    Map<String, Object> baseline = h264("42e01f", 1);
    Map<String, Object> high = h264("640032", 1);
    RtpCodecParameters sent = codec("video/H264", 98, baseline);

    ConsumerAnswer answer = sent(sent, receiverOf("video/H264", h264("42e02a", 1)));
    assertThat(answer.client().codecs())
        .singleElement()
        .satisfies(codec -> {
          assertThat(codec.payloadType()).isEqualTo(107);
          assertThat(codec.parameters()).isEqualTo(baseline);
        });
    assertThatThrownBy(() -> sent(sent, receiverOf("video/H264", high)))
        .isInstanceOfSatisfying(
            MediaException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(MediaErrorCode.CANNOT_CONSUME);
              assertThat(refused).hasMessageContaining("video/H264");
            });
  }

  @Test
  void whatTheEngineIsToldOfBothSidesIsTheSameFormat() {
    RtpCodecParameters sent = codec("video/VP9", 98, Map.of("profile-id", 2));
    ProducerOffer producer = offer(MediaKind.video, with(chromiumCamera(), List.of(sent)));

    ConsumerAnswer answer = sent(sent, receiver());

    assertThat(
            answer.engine().codecs().getFirst().isSameFormat(producer.engine().codecs().getFirst()))
        .isTrue();
  }

  @Test
  void forwardErrorCorrectionAndSilenceOfOpusAreToldAsTheSenderNegotiatedThem() {
    RtpParameters sending = chromiumMicrophone();
    RtpCodecParameters opus =
        new RtpCodecParameters(
            "audio/opus", 111, 48_000, 2, Map.of("useinbandfec", 1, "usedtx", 1), List.of());
    ProducerOffer producer = offer(MediaKind.audio, with(sending, List.of(opus)));

    assertThat(negotiate(producer, receiver()).client().codecs())
        .singleElement()
        .satisfies(codec -> {
          assertThat(codec.payloadType()).isEqualTo(100);
          assertThat(codec.parameters())
              .isEqualTo(Map.<String, Object>of("useinbandfec", 1, "usedtx", 1));
        });
  }

  @Test
  void whoReportsNoArrivalsIsToldWhenPacketsLeft() {
    RtpCapabilities other = receiverWithout(HeaderExtension.TRANSPORT_CC.uri());

    assertThat(camera(other).engine().extensions())
        .containsEntry(HeaderExtension.ABS_SEND_TIME, 4)
        .doesNotContainKey(HeaderExtension.TRANSPORT_CC);
    assertThat(microphone(other).client().headerExtensions())
        .extracting(RtpHeaderExtensionParameters::uri)
        .contains(HeaderExtension.ABS_SEND_TIME.uri());
  }

  @ParameterizedTest
  @CsvSource({"DEPENDENCY_DESCRIPTOR, 8", "PLAYOUT_DELAY, 9", "ABS_CAPTURE_TIME, 10"})
  void whatTheSenderTellsGoesFromEndToEndWhenBothEndsKnowIt(HeaderExtension told, int id) {
    String uri = told.uri();
    RtpParameters sending =
        withExtensions(
            with(chromiumCamera(), List.of(codec("video/AV1", 45, Map.of()))),
            List.of(extension(uri, 12)));
    ProducerOffer producer = offer(MediaKind.video, sending);

    assertThat(negotiate(producer, receiver()).engine().extensions()).containsEntry(told, id);
    assertThat(negotiate(producer, receiverWithout(uri)).engine().extensions())
        .doesNotContainKey(told);
    assertThat(camera(receiver()).engine().extensions()).doesNotContainKey(told);
  }

  private static ConsumerAnswer sent(RtpCodecParameters codec, RtpCapabilities receiver) {
    return negotiate(offer(MediaKind.video, with(chromiumCamera(), List.of(codec))), receiver);
  }

  private static ConsumerAnswer camera(RtpCapabilities receiver) {
    return negotiate(MediaKind.video, receiver);
  }

  private static ConsumerAnswer microphone(RtpCapabilities receiver) {
    return negotiate(MediaKind.audio, receiver);
  }

  private static ConsumerAnswer negotiate(MediaKind kind, RtpCapabilities receiver) {
    ProducerOffer producer =
        offer(kind, kind == MediaKind.video ? chromiumCamera() : chromiumMicrophone());
    return negotiate(producer, receiver);
  }

  private static ConsumerAnswer negotiate(ProducerOffer producer, RtpCapabilities receiver) {
    return new ConsumerNegotiation(Streams.ROUTER).negotiate(producer, receiver, IDENTITY);
  }
}
