package dev.crosspoint.media.engine.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Vectors of RFC 3711 (B.2, B.3) and RFC 7714 (16.1, 17.1). */
class SrtpVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private final SrtpCryptoProvider crypto = new JcaSrtpCrypto();

  @Test
  void counter_mode_makes_the_key_stream_of_rfc_3711() {
    ByteBuffer zeros = ByteBuffer.allocateDirect(32);

    try (SrtpCryptoProvider.CounterCipher cipher =
        crypto.aesCounter(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"))) {
      cipher.apply(HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"), zeros, 0, 32);
    }

    assertThat(hex(zeros, 32))
        .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab");
  }

  @Test
  void session_keys_are_derived_as_in_rfc_3711() {
    SrtpKeyDerivation keys =
        new SrtpKeyDerivation(
            crypto,
            HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139"),
            HEX.parseHex("0ec675ad498afeebb6960b3aabe6"));

    assertThat(HEX.formatHex(keys.derive(SrtpKeyDerivation.RTP_ENCRYPTION, 16)))
        .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
    assertThat(HEX.formatHex(keys.derive(SrtpKeyDerivation.RTP_SALT, 14)))
        .isEqualTo("30cbbc08863d8c85d49db34a9ae1");
    assertThat(HEX.formatHex(keys.derive(SrtpKeyDerivation.RTP_AUTHENTICATION, 20)))
        .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
  }

  @Test
  void gcm_protects_rtp_as_in_rfc_7714() {
    String plain =
        "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e2070"
            + "61727465732074726573";
    ByteBuffer packet = packet(plain);
    int length = plain.length() / 2;

    try (GcmTransform transform = transform()) {
      transform.protectRtp(packet, 12, length, 0xf17b);
    }

    assertThat(hex(packet, length + 16))
        .isEqualTo(
            "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a"
                + "51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
  }

  @Test
  void gcm_protects_rtcp_as_in_rfc_7714() {
    String plain =
        "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    ByteBuffer packet = packet(plain);
    int length = plain.length() / 2;

    try (GcmTransform transform = transform()) {
      transform.protectRtcp(packet, length, 0x5d4);
    }

    assertThat(hex(packet, length + 20))
        .isEqualTo(
            "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda"
                + "4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4");
  }

  private GcmTransform transform() {
    byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
    byte[] salt = HEX.parseHex("517569642070726f2071756f");
    return new GcmTransform(crypto.aesGcm(key), crypto.aesGcm(key), salt, salt);
  }

  private static ByteBuffer packet(String hex) {
    return ByteBuffer.allocateDirect(256).put(HEX.parseHex(hex)).clear();
  }

  private static String hex(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(0, bytes);
    return HEX.formatHex(Arrays.copyOf(bytes, length));
  }
}
