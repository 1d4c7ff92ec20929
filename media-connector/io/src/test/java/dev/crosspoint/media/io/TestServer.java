package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A media server on loopback and everything it said. */
final class TestServer implements MediaServerListener, AutoCloseable {

  /** What a loop that failed said. */
  record Failure(int loop, List<String> routers, Throwable cause) {}

  private static final long WAIT_S = 20;

  private final BlockingQueue<Object> said = new LinkedBlockingQueue<>();
  private final MediaServer server;

  TestServer(int basePort, int loops) throws MediaBindException {
    this(InetAddress.getLoopbackAddress(), basePort, loops);
  }

  TestServer(InetAddress bind, int basePort, int loops) throws MediaBindException {
    SecureRandom random = new SecureRandom();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.server =
        MediaServer.start(
            new MediaServerSettings(
                bind, List.of(loopback), basePort, loops, EngineConfig.standard()),
            new MediaRuntime(
                System::nanoTime,
                OpenSslSrtpCrypto.open().orElseGet(JcaSrtpCrypto::new),
                random,
                new DtlsCertificates(Clock.systemUTC(), random),
                task -> Thread.ofVirtual().start(task),
                Thread.ofVirtual().factory(),
                this,
                new AtomicLong()));
  }

  MediaServer server() {
    return server;
  }

  int port(int loop) {
    return server.snapshots().get(loop).port();
  }

  /** Runs a task on a router that is made when it is not there. */
  <T> T on(String router, EngineTask<T> task) throws Exception {
    return server
        .onPlacedRouter(
            router,
            host -> {
              host.createRouter(router, SpeakerPolicy.UNLIMITED);
              return task.run(host);
            })
        .get(WAIT_S, TimeUnit.SECONDS);
  }

  TransportDescription transport(String router, String transport, UdpTestClient client)
      throws Exception {
    return on(
        router,
        host -> {
          TransportDescription made = host.createTransport(router, transport);
          host.connectTransport(router, transport, List.of(client.fingerprint()));
          return made;
        });
  }

  /** Waits for something to be said; what comes before is passed over. */
  <T> T await(Class<T> kind, Predicate<T> wanted) throws Exception {
    while (true) {
      Object next = said.poll(WAIT_S, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("never said: " + kind.getSimpleName());
      }
      if (kind.isInstance(next) && wanted.test(kind.cast(next))) {
        return kind.cast(next);
      }
    }
  }

  @Override
  public void engineEvent(EngineEvent event) {
    said.add(event);
  }

  @Override
  public void dtlsClosed(String routerId, String transportId) {
    said.add("closed " + routerId + " " + transportId);
  }

  @Override
  public void loopFailed(int loop, List<String> routers, Throwable cause) {
    said.add(new Failure(loop, routers, cause));
  }

  @Override
  public void close() {
    server.close();
  }
}
