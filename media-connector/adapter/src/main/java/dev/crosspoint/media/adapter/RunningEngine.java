package dev.crosspoint.media.adapter;

import dev.crosspoint.media.adapter.event.EventDispatcher;
import dev.crosspoint.media.adapter.log.MediaLog;
import dev.crosspoint.media.adapter.session.MediaSessions;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.VideoCap;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.io.BackgroundThreads;
import dev.crosspoint.media.io.LoopSnapshot;
import dev.crosspoint.media.io.MediaBindException;
import dev.crosspoint.media.io.MediaRuntime;
import dev.crosspoint.media.io.MediaServer;
import dev.crosspoint.media.io.MediaServerSettings;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import jakarta.resource.spi.work.WorkManager;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The media server between start and stop of the adapter, put together from its parts. */
final class RunningEngine implements AutoCloseable {

  private final MediaServer server;
  private final MediaSessions sessions;
  private final EventDispatcher dispatcher;
  private final ContainerWorkers workers;

  private RunningEngine(
      MediaServer server,
      MediaSessions sessions,
      EventDispatcher dispatcher,
      ContainerWorkers workers) {
    this.server = server;
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.workers = workers;
  }

  static RunningEngine start(
      MediaServerSettings settings, RtpCapabilities capabilities, WorkManager workManager)
      throws MediaBindException {
    SecureRandom random = new SecureRandom();
    ContainerWorkers workers = new ContainerWorkers(workManager);
    EventDispatcher dispatcher = new EventDispatcher(workers);
    MediaSessions sessions = new MediaSessions(capabilities, dispatcher, random);
    Executor replies = task -> Thread.ofVirtual().name("media-reply").start(task);
    MediaServer server =
        MediaServer.start(
            settings,
            new MediaRuntime(
                System::nanoTime,
                crypto(),
                random,
                new DtlsCertificates(Clock.systemUTC(), random),
                replies,
                Thread.ofVirtual().name("media-dtls").factory(),
                sessions,
                new AtomicLong()));
    BackgroundThreads.stepBack();
    logStart(settings, server);
    return new RunningEngine(server, sessions, dispatcher, workers);
  }

  private static SrtpCryptoProvider crypto() {
    return OpenSslSrtpCrypto.open()
        .orElseGet(() -> {
          MediaLog.LOG.openSslMissing();
          return new JcaSrtpCrypto();
        });
  }

  private static void logStart(MediaServerSettings settings, MediaServer server) {
    MediaLog.LOG.started(
        settings.tcp().isPresent() ? "UDP and TCP" : "UDP",
        server.snapshots().stream()
            .map(LoopSnapshot::port)
            .map(String::valueOf)
            .collect(Collectors.joining(", ")),
        settings.bindAddress().getHostAddress(),
        settings.announcedAddresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(", ")));
  }

  <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command) {
    return sessions.submit(server, fence, command);
  }

  CompletionStage<MediaReply.Done> capVideo(VideoCap cap) {
    return sessions.capVideo(server, cap);
  }

  List<RouterId> routers() {
    return server.routers().stream().map(RouterId::new).toList();
  }

  MediaStats stats() {
    return sessions.stats(server);
  }

  EventDispatcher dispatcher() {
    return dispatcher;
  }

  @Override
  public void close() {
    dispatcher.close();
    workers.close();
    server.close();
  }
}
