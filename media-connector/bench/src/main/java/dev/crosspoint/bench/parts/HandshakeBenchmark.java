package dev.crosspoint.bench.parts;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.io.dtls.DtlsCertificate;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import dev.crosspoint.media.io.dtls.DtlsClient;
import dev.crosspoint.media.io.dtls.DtlsEndpoint;
import dev.crosspoint.media.io.dtls.DtlsOutput;
import dev.crosspoint.media.io.dtls.RecordInbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A DTLS handshake from the first record to the keys, without sockets. Both ends are in it, one
 * after the other at every step: the server's part is about half.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandshakeBenchmark {
  private static final long PATIENCE_S = 20;
  private static final ThreadFactory THREADS = Thread.ofVirtual().factory();

  private final DtlsCertificate certificate =
      new DtlsCertificates(Clock.systemUTC(), new SecureRandom()).current();
  private final DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);

  /** Who connects for the first time. */
  @Benchmark
  public SrtpKeys shakeHands() throws Exception {
    Wire wire = new Wire(certificate);
    wire.server.expect(List.of(client.fingerprint()));
    client.connect(wire.toClient, certificate.fingerprints());
    SrtpKeys keys = wire.keys.get(PATIENCE_S, TimeUnit.SECONDS);
    wire.server.close();
    return keys;
  }

  /** Carries records both ways. */
  private static final class Wire implements DtlsOutput {
    private final RecordInbox toClient = new RecordInbox(this::toServer);
    private final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    private final DtlsEndpoint server;

    Wire(DtlsCertificate certificate) {
      server = new DtlsEndpoint(certificate, this, THREADS, new AtomicLong());
    }

    private void toServer(byte[] record) {
      server.receive(ByteBuffer.wrap(record));
    }

    @Override
    public void send(byte[] record) {
      toClient.offer(ByteBuffer.wrap(record));
    }

    @Override
    public void connected(SrtpKeys agreed) {
      keys.complete(agreed);
    }

    @Override
    public void received(byte[] data) {
      throw new IllegalStateException("nobody sends data");
    }

    @Override
    public void failed(String detail) {
      keys.completeExceptionally(new IOException(detail));
    }

    @Override
    public void closed() {
      // Together with the endpoint.
    }
  }
}
