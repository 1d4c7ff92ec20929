package dev.crosspoint.media.engine.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a packet is encrypted under, byte for byte as RFC 7714 says it (8.1 and 9.1). */
class GcmNonceTest {
  private final byte[] rtpSalt = new byte[12];
  private final byte[] rtcpSalt = new byte[12];
  private final ByteBuffer packet = ByteBuffer.allocateDirect(64);
  private final ByteBuffer nonce = ByteBuffer.allocate(12);

  @BeforeEach
  void salt() {
    Arrays.fill(rtpSalt, (byte) 0xFF);
    for (int i = 0; i < rtcpSalt.length; i++) {
      rtcpSalt[i] = (byte) (0x81 + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xFFFF_8001, 0x8000_7FFF, 0x0001_8000, -1})
  void every_ssrc_and_every_number_of_a_packet_have_their_own(int ssrc) {
    for (long index : new long[] {0, 0xFFFF, 0x1_8000, 0x8000_0000_8000L, 0xFFFF_FFFF_FFFFL}) {
      packet.putInt(8, ssrc);
      transform().protectRtp(packet, 12, 20, index);

      byte[] told = new byte[12];
      ByteBuffer.wrap(told)
          .putInt(2, ssrc)
          .putInt(6, (int) (index >>> 16))
          .putShort(10, (short) index);
      assertThat(nonce.array()).isEqualTo(xor(told, rtpSalt));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xFFFF_8001, 0x8000_7FFF, 0x0001_8000, -1})
  void every_ssrc_and_every_number_of_a_report_have_their_own(int ssrc) {
    for (int index : new int[] {0, 0x8000, 0x7FFF_FFFF}) {
      packet.putInt(4, ssrc);
      transform().protectRtcp(packet, 20, index);

      byte[] told = new byte[12];
      ByteBuffer.wrap(told).putInt(2, ssrc).putInt(8, index);
      assertThat(nonce.array()).isEqualTo(xor(told, rtcpSalt));
    }
  }

  private GcmTransform transform() {
    return new GcmTransform(new Listener(), new Listener(), rtpSalt, rtcpSalt);
  }

  private static byte[] xor(byte[] bytes, byte[] salt) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (bytes[i] ^ salt[i]);
    }
    return result;
  }

  /** Hears the nonce. */
  private final class Listener implements SrtpCryptoProvider.AeadCipher {
    @Override
    public void seal(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength) {
      nonce.putInt(0, nonceHead).putLong(4, nonceTail);
    }

    @Override
    public boolean open(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength) {
      throw new IllegalStateException("nothing is opened here");
    }

    @Override
    public void close() {
      // Nothing to forget.
    }
  }
}
