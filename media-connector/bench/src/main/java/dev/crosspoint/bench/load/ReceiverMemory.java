package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.io.MediaBindException;
import dev.crosspoint.media.io.MediaRuntime;
import dev.crosspoint.media.io.MediaServer;
import dev.crosspoint.media.io.MediaServerListener;
import dev.crosspoint.media.io.MediaServerSettings;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import dev.crosspoint.media.io.dtls.DtlsClient;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a receiver takes of the memory of engine, sockets and DTLS alone, without the application
 * around them: a media server in this process, a sender, and receivers with two transports each, as
 * browsers have them. Their own ends are given up before anything is counted.
 *
 * <pre>
 * java -XX:+UseZGC -XX:+UseCompactObjectHeaders -cp 'target/tool/*' dev.crosspoint.bench.load.ReceiverMemory
 * </pre>
 */
public final class ReceiverMemory implements MediaServerListener {
  private static final int FIRST = 20;
  private static final int COUNTED = 100;
  private static final int SHOWN = 40;

  /** Until everything has grown to what it needs. */
  private static final long FLOW_MS = 5_000;

  /** Those who are gone count to the end. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();
  private final SrtpCryptoProvider crypto =
      OpenSslSrtpCrypto.open().orElseThrow(() -> new LoadException("there is no OpenSSL 3 here"));

  private ReceiverMemory() {}

  /** Prints the classes whose objects take most, and the sum. */
  public static void main(String[] words) throws MediaBindException, InterruptedException {
    ReceiverMemory memory = new ReceiverMemory();
    try (MediaServer server = MediaServer.start(settings(), memory.runtime());
        MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        PlainRoom room =
            new PlainRoom(
                server,
                group.next(),
                new DtlsClient(SrtpProfile.AEAD_AES_128_GCM),
                memory.crypto)) {
      room.send();
      HeapByClass before = grow(room, FIRST);
      HeapByClass after = grow(room, COUNTED);
      System.out.println(after.since(before).table(COUNTED, SHOWN));
    }
  }

  /** Adds receivers, lets packets flow to them, and counts what is left without their own ends. */
  private static HeapByClass grow(PlainRoom room, int receivers) throws InterruptedException {
    room.receive(receivers);
    Thread.sleep(FLOW_MS);
    room.vanish();
    return HeapByClass.now();
  }

  private static MediaServerSettings settings() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    EngineConfig patient = EngineConfig.standard().withIceTimeout(PATIENCE);
    return new MediaServerSettings(loopback, List.of(loopback), 0, 1, Optional.empty(), patient);
  }

  private MediaRuntime runtime() {
    return new MediaRuntime(
        System::nanoTime,
        crypto,
        random,
        new DtlsCertificates(Clock.systemUTC(), random),
        task -> Thread.ofVirtual().start(task),
        Thread.ofVirtual().factory(),
        this,
        new AtomicLong());
  }

  @Override
  public void engineEvent(EngineEvent event) {
    // Whoever is connected is told of.
  }

  @Override
  public void dtlsClosed(String routerId, String transportId) {
    throw new IllegalStateException("nobody says goodbye here");
  }

  @Override
  public void loopFailed(int loop, List<String> routers, Throwable cause) {
    throw new IllegalStateException("the media loop failed", cause);
  }
}
