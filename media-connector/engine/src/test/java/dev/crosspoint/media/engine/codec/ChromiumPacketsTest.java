package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

/** The beginnings of packets that Chromium 156 sent, one after the other, in scalable modes. */
class ChromiumPacketsTest {
  private final PayloadReader reader = new PayloadReader(Packets.DESCRIPTOR_ID);

  /** L1T3. */
  @Test
  void vp8_with_three_temporal_layers() {
    assertThat(vp8("90e088f83b20703b009d012a8002")).isEqualTo("key T0 2296 59");
    assertThat(vp8("b0e088f93ba0711400151c240c2c")).isEqualTo("T2 sync 2297 59");
    assertThat(vp8("90e0ab6d1f60f10900261c240c2c")).isEqualTo("T1 sync 11117 31");
    assertThat(vp8("b0e0ab6e1f80510600301c240c2c")).isEqualTo("T2 11118 31");
  }

  /** L2T3_KEY, in flexible mode, the first with a scalability structure. */
  @Test
  void vp9_with_two_spatial_layers_that_key_frames_connect() {
    assertThat(vp9("bec2dc1030014000b40280016883", false)).isEqualTo("key S0 T0 17116, for S0 S1");
    assertThat(vp9("bdc2dc138702020004fe02ceb211", true)).isEqualTo("begins S1 T0 17116, for S1");
    assertThat(vp9("fdc2dd500287000000027e016702", false)).isEqualTo("S0 T2 17117, for S0");
    assertThat(vp9("fdc2dd52028700200004fe02ce33", true)).isEqualTo("S1 T2 17117, for S1");
    assertThat(vp9("fdc2de300487040400027e016702", false)).isEqualTo("S0 T1 17118, for S0");
    assertThat(vp9("fdc2e0100887010000027e016702", false)).isEqualTo("S0 T0 17120, for S0");
  }

  /** L1T3, of which the payload says nothing. */
  @Test
  void h264_with_three_temporal_layers_in_the_descriptor() {
    assertThat(described(CodecName.H264, "c00001800214eaa860414d1410208426", "7c858880"))
        .isEqualTo("key S0 T0, for S0 S1");
    assertThat(described(CodecName.H264, "c30002", "01e0004000be42701146fffe3043"))
        .isEqualTo("S0 T2, for S0 S1");
    assertThat(described(CodecName.H264, "c20003", "21e00040013e413808837ff1f820"))
        .isEqualTo("S0 T1, for S0 S1");
    assertThat(described(CodecName.H264, "c40004", "01e0008001ab90fc04508f11e238"))
        .isEqualTo("S0 T2, for S0 S1");
    assertThat(described(CodecName.H264, "c10005", "61e00080023d104e02144788f11c"))
        .isEqualTo("S0 T0, for S0 S1");
  }

  /** L2T2; the descriptor of the key frame is too long for a one-byte header. */
  @Test
  void av1_with_two_spatial_and_two_temporal_layers() {
    String structure = "c000018003187aaaf130a0a014d1413823046008642222265013f00b3027f01670";
    assertThat(described(CodecName.AV1, structure, "28120800330309808440c2202198"))
        .isEqualTo("key S0 T0, for S0 S1");
    assertThat(described(CodecName.AV1, "c30002", "10340830e0400200012e40befbef"))
        .isEqualTo("begins S1 T0, for S1");
    assertThat(described(CodecName.AV1, "c20003", "10342035008004008266811c71c6"))
        .isEqualTo("S0 T1, for S0 S1");
    assertThat(described(CodecName.AV1, "c50004", "1034283400040400026501fffffe"))
        .isEqualTo("S1 T1, for S1");
    assertThat(described(CodecName.AV1, "c10005", "1034003100200000812fc3c03be0"))
        .isEqualTo("S0 T0, for S0 S1");
    assertThat(described(CodecName.AV1, "c40006", "10340830e040020001298201dd80"))
        .isEqualTo("S1 T0, for S1");
  }

  /** The OBU extensions say the same as the descriptors. */
  @Test
  void av1_without_descriptors_has_the_same_layers() {
    assertThat(layers("10340830e0400200012e40befbef")).isEqualTo("S1 T0");
    assertThat(layers("10342035008004008266811c71c6")).isEqualTo("S0 T1");
    assertThat(layers("1034283400040400026501fffffe")).isEqualTo("S1 T1");
    assertThat(layers("1034003100200000812fc3c03be0")).isEqualTo("S0 T0");
  }

  private static String layers(String payload) {
    PayloadInfo info = Packets.read(CodecName.AV1, payload);
    return "S" + info.spatialLayer() + " T" + info.temporalLayer();
  }

  private String vp8(String payload) {
    PayloadInfo info = reader.read(CodecName.VP8, Packets.packet("", payload, true));
    boolean sync = !info.isEntryPoint() && info.highestTemporalLayer(0) > 0;
    return (info.isEntryPoint() ? "key T" : "T")
        + info.temporalLayer()
        + (sync ? " sync " : " ")
        + info.pictureId()
        + " "
        + info.tl0PicIdx();
  }

  private String vp9(String payload, boolean marker) {
    RtpPacket packet = Packets.packet("", payload, marker);
    PayloadInfo info = reader.read(CodecName.VP9, packet);
    return beginning(info) + " " + info.pictureId() + uses(info);
  }

  private String described(CodecName codec, String descriptor, String payload) {
    PayloadInfo info = reader.read(codec, Packets.packet(descriptor, payload, false));
    return beginning(info) + uses(info);
  }

  private static String beginning(PayloadInfo info) {
    boolean begins = info.highestSpatialLayer(0) == 1;
    return (info.isEntryPoint() ? "key " : begins ? "begins " : "")
        + "S"
        + info.spatialLayer()
        + " T"
        + info.temporalLayer();
  }

  /** Which of two spatial layers need it, with all temporal layers. */
  private static String uses(PayloadInfo info) {
    return ", for" + (info.isNeededFor(0, 2) ? " S0" : "") + (info.isNeededFor(1, 2) ? " S1" : "");
  }
}
