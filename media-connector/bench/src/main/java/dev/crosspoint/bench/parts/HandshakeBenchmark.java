package dev.crosspoint.bench.parts;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.io.dtls.DtlsCertificate;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import dev.crosspoint.media.io.dtls.DtlsClient;
import dev.crosspoint.media.io.dtls.DtlsEndpoint;
import dev.crosspoint.media.io.dtls.DtlsOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DatagramTransport;
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
  private static final int LONGEST = 2_048;
  private static final int PATH = 1_200;
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
    client.connect(wire, certificate.fingerprints());
    SrtpKeys keys = wire.keys.get(PATIENCE_S, TimeUnit.SECONDS);
    wire.server.close();
    return keys;
  }

  /** Carries records both ways. */
  private static final class Wire implements DatagramTransport, DtlsOutput {
    private final BlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();
    private final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
    private final DtlsEndpoint server;

    Wire(DtlsCertificate certificate) {
      server = new DtlsEndpoint(certificate, this, THREADS, new AtomicLong());
    }

    @Override
    public int getReceiveLimit() {
      return LONGEST;
    }

    @Override
    public int getSendLimit() {
      return PATH;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      try {
        byte[] bytes = toClient.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (bytes == null) {
          return -1;
        }
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        return bytes.length;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      server.receive(ByteBuffer.wrap(buffer, offset, length));
    }

    @Override
    public void send(byte[] record) {
      toClient.add(record);
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

    @Override
    public void close() {
      // The server is closed for itself.
    }
  }
}
