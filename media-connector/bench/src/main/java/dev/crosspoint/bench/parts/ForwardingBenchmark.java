package dev.crosspoint.bench.parts;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineOutput;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.testkit.SimulatedCall;
import dev.crosspoint.media.testkit.SimulatedClient;
import dev.crosspoint.media.testkit.StreamParameters;
import java.nio.ByteBuffer;
import java.util.Random;
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

/**
 * In a virtual machine like the server's: the engine from a datagram of 1,200 bytes to those that
 * follow from it, encryption included and the kernel left out. One operation is one packet that
 * arrives; encrypting it for the sender is in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "-XX:+UseZGC",
      "-XX:+UseCompactObjectHeaders"
    })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardingBenchmark {
  private static final String ROUTER = "router";
  private static final String SENDER = "sender";
  private static final int SSRC = 5;
  private static final int PACKET = 1_200;
  private static final int HEADER = 20;
  private static final long BETWEEN_NS = 500_000;

  /**
   * Everybody's consent is renewed after so many packets: after five seconds of the engine's time.
   */
  private static final int CONSENT = 10_000;

  private static final SrtpKeys KEYS =
      new SrtpKeys(
          SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12], new byte[16], new byte[12]);

  /** How many people receive the packet. */
  @Param({"1", "20", "200"})
  public int receivers = 1;

  private final SrtpCryptoProvider crypto =
      OpenSslSrtpCrypto.open()
          .orElseThrow(() -> new IllegalStateException("there is no OpenSSL 3 here"));
  private final SimulatedClient client = new SimulatedClient(new Random(1), _ -> {});
  private final Sink sink = new Sink();
  private final ByteBuffer packet = ByteBuffer.allocateDirect(2_048);
  private final SrtpSession sender = new SrtpSession(KEYS.mirrored(), crypto);
  private final MediaEngine engine =
      new MediaEngine(EngineConfig.standard(), sink, crypto, new Random(1));
  private long nowNs = 1_000_000_000L;
  private int sequence;

  /** A sender and those who receive it. */
  @Setup
  public void assemble() {
    engine.createRouter(ROUTER);
    connect(SENDER, 1);
    engine.produce(ROUTER, SENDER, "video", StreamParameters.vp8From(SSRC, SSRC + 1), false, nowNs);
    for (int i = 0; i < receivers; i++) {
      String name = "receiver" + i;
      connect(name, 2 + i);
      engine.consume(
          ROUTER, name, name, "video", StreamParameters.vp8To(100 + i, 1_000 + i), false, nowNs);
    }
  }

  /** Gives keys back. */
  @TearDown
  public void close() {
    engine.close();
    sender.close();
  }

  /** One packet arrives. */
  @Benchmark
  public long forward() {
    if (sequence % CONSENT == CONSENT - 1) {
      renewConsent();
    }
    receive();
    nowNs += BETWEEN_NS;
    if (engine.nextDeadlineNs() <= nowNs) {
      engine.onTimeout(nowNs);
    }
    return sink.bytes;
  }

  private void receive() {
    packet.clear();
    packet.putShort(0, (short) (0x9000 | StreamParameters.PRODUCER_VP8));
    packet.putShort(2, (short) sequence).putInt(4, sequence * 300).putInt(8, SSRC);
    packet.putInt(12, 0xBEDE0001);
    packet.putInt(16, (StreamParameters.PRODUCER_TRANSPORT_CC_ID << 28) | 0x01000000);
    packet.putShort(17, (short) sequence).put(HEADER, (byte) 0x10).put(HEADER + 1, (byte) 0);
    packet.limit(sender.protectRtp(packet, HEADER, PACKET));
    sequence++;
    engine.onDatagram(packet, SimulatedCall.address(1), nowNs);
  }

  private void connect(String name, int number) {
    check(name, number);
    engine.dtlsConnected(name, KEYS, nowNs);
  }

  private void check(String name, int number) {
    IceCredentials credentials = engine.createTransport(ROUTER, name, nowNs);
    engine.onDatagram(client.checkMessage(credentials, true), SimulatedCall.address(number), nowNs);
  }

  private void renewConsent() {
    check(SENDER, 1);
    for (int i = 0; i < receivers; i++) {
      check("receiver" + i, 2 + i);
    }
  }

  /** Where packets go. */
  private static final class Sink implements EngineOutput {
    private long bytes;

    @Override
    public void send(ByteBuffer datagram, TransportAddress remote, boolean goesOn) {
      bytes += datagram.remaining();
    }

    @Override
    public void disconnect(TransportAddress.Tcp connection) {
      throw new IllegalStateException("there are no connections");
    }

    @Override
    public void dtlsRecord(String transportId, ByteBuffer dtlsRecord) {
      throw new IllegalStateException("there are no handshakes");
    }

    @Override
    public void sctpPacket(String transportId, ByteBuffer sctp) {
      throw new IllegalStateException("there are no data channels");
    }

    @Override
    public void event(EngineEvent event) {
      // Whoever is connected is told of.
    }
  }
}
