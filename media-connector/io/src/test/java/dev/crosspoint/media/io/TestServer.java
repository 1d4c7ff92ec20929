package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import dev.crosspoint.media.io.tcp.ConnectionEnd;
import dev.crosspoint.media.io.tcp.TcpLimits;
import dev.crosspoint.media.io.tcp.TcpSnapshot;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A media server on loopback and everything it said. */
final class TestServer implements MediaServerListener, AutoCloseable {

  /** What a loop that failed said. */
  record Failure(int loop, List<String> routers, Throwable cause) {}

  static final int SENT_TYPE = 111;
  static final int SENT_SSRC = 4_711;
  private static final String ROUTER = "r";
  private static final long WAIT_S = 20;
  private static final long LOOK_NS = 1_000_000;

  private final BlockingQueue<Object> said = new LinkedBlockingQueue<>();
  private final MediaServer server;

  TestServer(int basePort, int loops) throws MediaBindException {
    this(InetAddress.getLoopbackAddress(), basePort, loops);
  }

  TestServer(InetAddress bind, int basePort, int loops) throws MediaBindException {
    this(bind, basePort, loops, Optional.of(TcpLimits.standard()));
  }

  /** One loop that takes TCP within these bounds, or not at all. */
  TestServer(Optional<TcpLimits> tcp) throws MediaBindException {
    this(InetAddress.getLoopbackAddress(), 0, 1, tcp);
  }

  /** One that does as an operator says. */
  TestServer(EngineConfig config) throws MediaBindException {
    this(InetAddress.getLoopbackAddress(), 0, 1, Optional.empty(), config);
  }

  private TestServer(InetAddress bind, int basePort, int loops, Optional<TcpLimits> tcp)
      throws MediaBindException {
    this(bind, basePort, loops, tcp, EngineConfig.standard());
  }

  private TestServer(
      InetAddress bind, int basePort, int loops, Optional<TcpLimits> tcp, EngineConfig config)
      throws MediaBindException {
    SecureRandom random = new SecureRandom();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.server =
        MediaServer.start(
            new MediaServerSettings(bind, List.of(loopback), basePort, loops, tcp, config),
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

  TransportDescription transport(String router, String transport, TestClient client)
      throws Exception {
    return on(
        router,
        host -> {
          TransportDescription made = host.createTransport(router, transport);
          host.connectTransport(router, transport, List.of(client.fingerprint()));
          return made;
        });
  }

  /** Does what makes media possible: transport, check and handshake. */
  SrtpSession connect(String id, TestClient client) throws Exception {
    TransportDescription transport = transport(ROUTER, id, client);
    client.check(transport.iceCredentials());
    SrtpSession srtp = client.handshake(transport);
    dtlsState(DtlsState.CONNECTED);
    return srtp;
  }

  EngineEvent.DtlsStateChanged dtlsState(DtlsState state) throws Exception {
    return await(EngineEvent.DtlsStateChanged.class, event -> event.state() == state);
  }

  /** Takes the audio that the client of a transport sends. */
  void produceAudio(String transport) throws Exception {
    ProducerParameters parameters =
        new ProducerParameters(
            MediaKind.AUDIO,
            "",
            List.of(opus(SENT_TYPE)),
            List.of(RtpEncoding.ofSsrc(SENT_SSRC)),
            Map.of(),
            "speaker");
    on(
        ROUTER,
        host -> {
          host.engine().produce(ROUTER, transport, "p", parameters, false, host.nowNs());
          return true;
        });
  }

  /** Sends that audio to the client of a transport. */
  void consumeAudio(String transport) throws Exception {
    ConsumerParameters parameters =
        new ConsumerParameters(
            "", List.of(opus(100)), RtpEncoding.ofSsrc(815), Map.of(), "speaker");
    on(
        ROUTER,
        host -> {
          String consumer = "of " + transport;
          host.engine().consume(ROUTER, transport, consumer, "p", parameters, false, host.nowNs());
          return true;
        });
  }

  private static RtpCodec opus(int payloadType) {
    return new RtpCodec(payloadType, CodecName.OPUS, 48_000, RtpCodec.NONE, Set.of());
  }

  EngineCounters counters() {
    return server.snapshots().getFirst().counters();
  }

  TcpSnapshot tcp() {
    return server.snapshots().getFirst().tcp();
  }

  /** Waits until so many connections have ended for a reason. */
  void awaitEnded(ConnectionEnd why, long count) {
    awaitTrue(() -> tcp().ended().getOrDefault(why, 0L) >= count, "connections ended: " + why);
  }

  /** Looks again and again, as long as anything is waited for here. */
  static void awaitTrue(BooleanSupplier condition, String what) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_S);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNs || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("never so: " + what);
      }
      LockSupport.parkNanos(LOOK_NS);
    }
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
