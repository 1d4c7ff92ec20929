package dev.crosspoint.media.adapter.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import org.junit.jupiter.api.Test;

/** What {@code Device.load()} of mediasoup-client insists on. */
class RouterCapabilitiesTest {

  /** mediasoup-client puts its bandwidth probation stream there. */
  private static final int PROBATOR_PAYLOAD_TYPE = 127;

  @Test
  void payloadTypesAreDynamicAndUniqueAndLeaveTheProbatorAlone() {
    assertThat(RouterCapabilities.standard().codecs())
        .extracting(RtpCodecCapability::preferredPayloadType)
        .doesNotHaveDuplicates()
        .allMatch(type -> type >= 96 && type < PROBATOR_PAYLOAD_TYPE);
  }

  @Test
  void everyRetransmissionFormatBelongsToACodecByANumber() {
    assertThat(RouterCapabilities.standard().codecs())
        .filteredOn(codec -> Rtx.is(codec.mimeType()))
        .isNotEmpty()
        .allSatisfy(rtx ->
            assertThat(RouterCapabilities.standard().codecs())
                .extracting(codec -> (Object) codec.preferredPayloadType())
                .contains(rtx.parameters().get("apt")));
  }

  @Test
  void picturesKeepTheColoursThatTheyHaveOnADirectPath() {
    assertThat(RouterCapabilities.standard().headerExtensions())
        .anyMatch(extension ->
            extension.uri().equals(HeaderExtension.COLOR_SPACE.uri())
                && extension.direction().equals("sendrecv"));
  }

  @Test
  void anExtensionHasTheSameIdForEveryKind() {
    assertThat(RouterCapabilities.standard().headerExtensions())
        .allSatisfy(extension ->
            assertThat(RouterCapabilities.standard().headerExtensions())
                .filteredOn(other -> other.uri().equals(extension.uri()))
                .allMatch(other -> other.preferredId() == extension.preferredId()));
  }
}
