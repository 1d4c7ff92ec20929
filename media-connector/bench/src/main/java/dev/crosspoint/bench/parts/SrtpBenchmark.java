package dev.crosspoint.bench.parts;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.AeadCipher;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Encrypts and decrypts a packet of 1,200 bytes by AES-128-GCM (RFC 7714). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrtpBenchmark {
  private static final int HEADER = 20;
  private static final int PAYLOAD = 1_180;

  /** Who does it. */
  public enum Provider {
    OPENSSL,
    CORRETTO,
    JDK;

    private SrtpCryptoProvider open() {
      return switch (this) {
        case OPENSSL ->
            OpenSslSrtpCrypto.open()
                .orElseThrow(() -> new IllegalStateException("there is no OpenSSL 3 here"));
        case CORRETTO -> new JcaSrtpCrypto(AmazonCorrettoCryptoProvider.INSTANCE);
        case JDK -> new JcaSrtpCrypto();
      };
    }
  }

  @Param public Provider provider = Provider.OPENSSL;

  private long number;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(2_048);
  private final ByteBuffer sealed = ByteBuffer.allocateDirect(2_048);
  private AeadCipher cipher = Provider.JDK.open().aesGcm(new byte[16]);

  /** A cipher, and a packet that it has encrypted. */
  @Setup
  public void prepare() {
    cipher.close();
    cipher = provider.open().aesGcm(new byte[16]);
    cipher.seal(0, 0, sealed, HEADER, sealed, HEADER, PAYLOAD);
  }

  /** Gives the cipher back. */
  @TearDown
  public void close() {
    cipher.close();
  }

  /** Encrypts, each packet under a nonce of its own. */
  @Benchmark
  public ByteBuffer seal() {
    number++;
    cipher.seal(0, number, packet, HEADER, packet, HEADER, PAYLOAD);
    return packet;
  }

  /** Decrypts a copy of the same packet. */
  @Benchmark
  public boolean open() {
    packet.put(0, sealed, 0, HEADER + PAYLOAD + AeadCipher.TAG_LENGTH);
    return cipher.open(0, 0, packet, HEADER, packet, HEADER, PAYLOAD);
  }
}
