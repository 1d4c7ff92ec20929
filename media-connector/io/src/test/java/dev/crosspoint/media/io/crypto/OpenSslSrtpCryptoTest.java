package dev.crosspoint.media.io.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.AeadCipher;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.CounterCipher;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.PacketMac;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL and the Java platform must agree to the byte, for every length and kind of buffer. */
class OpenSslSrtpCryptoTest {

  private static final int HEADER = 12;
  private static final int LENGTHS = 200;

  private final SrtpCryptoProvider openSsl = OpenSslSrtpCrypto.open().orElseThrow();
  private final SrtpCryptoProvider jca = new JcaSrtpCrypto();
  private final Random random = new Random(20261123);
  private final byte[] key = bytes(16);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gcmSealsAlike(boolean direct) {
    try (AeadCipher ours = openSsl.aesGcm(key);
        AeadCipher theirs = jca.aesGcm(key)) {
      for (int length = 0; length < LENGTHS; length++) {
        int head = random.nextInt();
        long tail = random.nextLong();
        byte[] packet = bytes(HEADER + length + AeadCipher.TAG_LENGTH);
        ByteBuffer a = buffer(direct, packet);
        ByteBuffer b = buffer(direct, packet);
        ours.seal(head, tail, a, HEADER, a, HEADER, length);
        theirs.seal(head, tail, b, HEADER, b, HEADER, length);
        assertThat(a).isEqualTo(b);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gcmOpensWhatTheOtherSealedAndNothingElse(boolean direct) {
    try (AeadCipher ours = openSsl.aesGcm(key);
        AeadCipher theirs = jca.aesGcm(key)) {
      for (int length = 0; length < LENGTHS; length++) {
        int head = random.nextInt();
        long tail = random.nextLong();
        byte[] packet = bytes(HEADER + length + AeadCipher.TAG_LENGTH);
        ByteBuffer sealed = buffer(direct, packet);
        theirs.seal(head, tail, sealed, HEADER, sealed, HEADER, length);
        ByteBuffer forged = buffer(direct, copyOf(sealed));
        forged.put(0, (byte) (forged.get(0) ^ 1));

        assertThat(ours.open(head, tail, forged, HEADER, forged, HEADER, length)).isFalse();
        assertThat(ours.open(head, tail, sealed, HEADER, sealed, HEADER, length)).isTrue();
        for (int i = 0; i < HEADER + length; i++) {
          assertThat(sealed.get(i)).isEqualTo(packet[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void counterModeIsTheSame(boolean direct) {
    try (CounterCipher ours = openSsl.aesCounter(key);
        CounterCipher theirs = jca.aesCounter(key)) {
      for (int length = 0; length < LENGTHS; length++) {
        byte[] counter = bytes(16);
        byte[] packet = bytes(HEADER + length);
        ByteBuffer a = buffer(direct, packet);
        ByteBuffer b = buffer(direct, packet);
        ours.apply(counter, a, HEADER, length);
        theirs.apply(counter, b, HEADER, length);
        assertThat(a).isEqualTo(b);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMacIsTheSame(boolean direct) {
    byte[] macKey = bytes(20);
    try (PacketMac ours = openSsl.hmacSha1(macKey);
        PacketMac theirs = jca.hmacSha1(macKey)) {
      for (int length = 0; length < LENGTHS; length++) {
        ByteBuffer packet = buffer(direct, bytes(HEADER + length));
        byte[] a = new byte[PacketMac.OUTPUT_LENGTH];
        byte[] b = new byte[PacketMac.OUTPUT_LENGTH];
        ours.compute(packet, HEADER, length, a);
        theirs.compute(packet, HEADER, length, b);
        assertThat(a).isEqualTo(b);
      }
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.capacity()];
    buffer.get(0, copy);
    return copy;
  }

  private static ByteBuffer buffer(boolean direct, byte[] content) {
    IntFunction<ByteBuffer> kind = direct ? ByteBuffer::allocateDirect : ByteBuffer::allocate;
    return kind.apply(content.length).put(0, content);
  }
}
