package dev.crosspoint.media.adapter.ortc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code Device.load()} of mediasoup-client insists on. */
class RouterCapabilitiesTest {

  /** mediasoup-client puts its bandwidth probation stream there. */
  private static final int PROBATOR_PAYLOAD_TYPE = 127;

  private static final RtpCapabilities CAPABILITIES = RouterCapabilities.preferring(CodecName.VP8);

  @Test
  void payloadTypesAreDynamicAndUniqueAndLeaveTheProbatorAlone() {
    assertThat(CAPABILITIES.codecs())
        .extracting(RtpCodecCapability::preferredPayloadType)
        .doesNotHaveDuplicates()
        .allMatch(type -> type >= 96 && type < PROBATOR_PAYLOAD_TYPE);
  }

  @Test
  void everyRetransmissionFormatBelongsToACodecByANumber() {
    assertThat(CAPABILITIES.codecs())
        .filteredOn(codec -> Rtx.is(codec.mimeType()))
        .isNotEmpty()
        .allSatisfy(rtx ->
            assertThat(CAPABILITIES.codecs())
                .extracting(codec -> (Object) codec.preferredPayloadType())
                .contains(rtx.parameters().get("apt")));
  }

  @Test
  void everyVideoCodecIsOfferedInTheFormsThatBrowsersHave() {
    assertThat(formsOf(CAPABILITIES))
        .containsExactly(
            "video/VP8 ",
            "video/VP9 0",
            "video/VP9 2",
            "video/H264 constrained baseline, packetization mode 1",
            "video/H264 high, packetization mode 1",
            "video/AV1 0");
  }

  @Test
  void theCodecThatIsPreferredComesFirstAndNoneIsLost() {
    assertThat(formsOf(RouterCapabilities.preferring(CodecName.H264)))
        .startsWith(
            "video/H264 constrained baseline, packetization mode 1",
            "video/H264 high, packetization mode 1",
            "video/VP8 ")
        .containsExactlyInAnyOrderElementsOf(formsOf(CAPABILITIES));
  }

  @Test
  void everyVideoCodecHasFeedbackAndRetransmissions() {
    assertThat(CAPABILITIES.codecs())
        .filteredOn(codec -> codec.kind() == MediaKind.video && !Rtx.is(codec.mimeType()))
        .allSatisfy(codec -> {
          assertThat(Codecs.engineFeedback(codec.rtcpFeedback()))
              .containsExactlyInAnyOrder(dev.crosspoint.media.engine.rtp.RtcpFeedback.values());
          assertThat(Codecs.rtxOf(CAPABILITIES, codec.preferredPayloadType())).isPresent();
        });
  }

  private static List<String> formsOf(RtpCapabilities capabilities) {
    return capabilities.codecs().stream()
        .filter(codec -> codec.kind() == MediaKind.video && !Rtx.is(codec.mimeType()))
        .map(
            codec -> codec.mimeType() + " " + CodecProfile.of(codec.mimeType(), codec.parameters()))
        .toList();
  }

  @Test
  void picturesKeepTheColoursThatTheyHaveOnADirectPath() {
    assertThat(CAPABILITIES.headerExtensions())
        .anyMatch(extension ->
            extension.uri().equals(HeaderExtension.COLOR_SPACE.uri())
                && extension.direction().equals("sendrecv"));
  }

  @Test
  void whenPacketsLeftIsToldToReceiversAndAskedOfNoSender() {
    assertThat(CAPABILITIES.headerExtensions())
        .filteredOn(extension -> extension.uri().equals(HeaderExtension.ABS_SEND_TIME.uri()))
        .extracting(RtpHeaderExtension::kind, RtpHeaderExtension::direction)
        .containsExactlyInAnyOrder(
            tuple(MediaKind.audio, "sendonly"), tuple(MediaKind.video, "sendonly"));
  }

  @Test
  void extensionsFitBehindAOneByteHeaderAndShareNoId() {
    assertThat(CAPABILITIES.headerExtensions())
        .allMatch(extension -> extension.preferredId() >= 1 && extension.preferredId() <= 14)
        .extracting(extension -> extension.kind() + " " + extension.preferredId())
        .doesNotHaveDuplicates();
  }

  @Test
  void anExtensionHasTheSameIdForEveryKind() {
    assertThat(CAPABILITIES.headerExtensions())
        .allSatisfy(extension ->
            assertThat(CAPABILITIES.headerExtensions())
                .filteredOn(other -> other.uri().equals(extension.uri()))
                .allMatch(other -> other.preferredId() == extension.preferredId()));
  }
}
