package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.io.tcp.ConnectionEnd;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread with one port and one engine. Everything that concerns the engine is a turn on this
 * thread: a batch of datagrams or frames, a deadline, a task. A turn ends with one flush and a look
 * at the next deadline. When the engine throws what it never should, the loop discards it with all
 * TCP connections and goes on with a new one on the same port.
 */
final class MediaLoop {

  private static final long HEARTBEAT_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long DEAD_AFTER_NS = TimeUnit.SECONDS.toNanos(3);
  private static final long SHUTDOWN_MS = 5_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int index;
  private final MediaServerSettings settings;
  private final MediaRuntime runtime;
  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop eventLoop;
  private final MediaPort port;
  private final List<HostCandidate> candidates;
  private final DeadlineTimer timer;

  // Kept: made anew they would be garbage for every turn.
  private final Runnable turnEnd = this::endTurn;
  private final Runnable timeout = this::engineTimeout;
  private final Future<?> heartbeat;
  private final BusyShare busy = new BusyShare();
  private EngineHost host;
  private VideoCap cap = VideoCap.FULL;
  private @Nullable EngineCounters failedCounters;
  private volatile long lastBeatNs;
  private volatile LoopSnapshot snapshot;
  private volatile boolean stopping;

  /**
   * @throws MediaBindException when the port cannot be had; nothing is left behind then
   */
  MediaLoop(int index, MediaServerSettings settings, MediaRuntime runtime)
      throws MediaBindException {
    this.index = index;
    this.settings = settings;
    this.runtime = runtime;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("media-loop-" + index), UdpMediaServer.ioHandlerFactory());
    this.eventLoop = group.next();
    this.timer = new DeadlineTimer(eventLoop, () -> inTurn(timeout));
    this.host = new EngineHost(this, settings.engine(), runtime);
    this.port = bind();
    this.candidates = List.copyOf(port.candidates(settings.announcedAddresses()));
    eventLoop.execute(SchedulingSlice::shorten);
    this.lastBeatNs = runtime.nanoClock().getAsLong();
    this.snapshot = takeSnapshot();
    this.heartbeat =
        eventLoop.scheduleAtFixedRate(this::beat, 0, HEARTBEAT_NS, TimeUnit.NANOSECONDS);
    port.startReading();
  }

  private MediaPort bind() throws MediaBindException {
    try {
      return MediaPort.bind(group, settings, index, runtime, new Packets());
    } catch (MediaBindException e) {
      shutDownGroup();
      NettyThreads.awaitEnd();
      throw e;
    }
  }

  int index() {
    return index;
  }

  List<HostCandidate> candidates() {
    return candidates;
  }

  /** Transports and routers as of the last heartbeat: what placement compares. */
  int load() {
    EngineCounters counters = snapshot.counters();
    return counters.transports() + counters.routers();
  }

  /** Whether the loop took a turn lately and its port is bound. */
  boolean isAlive() {
    return port.isBound() && runtime.nanoClock().getAsLong() - lastBeatNs < DEAD_AFTER_NS;
  }

  /** The state as of the last heartbeat. */
  LoopSnapshot lastSnapshot() {
    return snapshot.withAlive(isAlive());
  }

  /** The state now. */
  CompletableFuture<LoopSnapshot> snapshot() {
    return submit(_ -> takeSnapshot());
  }

  /** Limits the video of the present engine and of those that may follow it. */
  CompletableFuture<VideoCap> capVideo(VideoCap next) {
    return submit(current -> {
      cap = next;
      current.engine().capVideo(cap, current.nowNs());
      return cap;
    });
  }

  /**
   * Runs a task in a turn of its own.
   *
   * @return completes off the loop; exceptionally with the task's {@link EngineException}, or with
   *     {@link LoopUnavailableException} when the loop fails or stops
   */
  <T> CompletableFuture<T> submit(EngineTask<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      eventLoop.execute(() -> inTurn(() -> run(task, result)));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new LoopUnavailableException("the server is stopping", e));
    }
    return result;
  }

  private <T> void run(EngineTask<T> task, CompletableFuture<T> result) {
    if (stopping) {
      complete(result, new LoopUnavailableException("the server is stopping", null));
      return;
    }
    try {
      T value = task.run(host);
      runtime.completions().execute(() -> result.complete(value));
    } catch (EngineException refused) {
      complete(result, refused);
    } catch (RuntimeException | Error e) {
      complete(result, new LoopUnavailableException("the media loop failed", e));
      throw e;
    }
  }

  private void complete(CompletableFuture<?> result, RuntimeException failure) {
    runtime.completions().execute(() -> result.completeExceptionally(failure));
  }

  /** Runs work in a turn of its own; from any thread. Work for a loop that stops is not done. */
  void turn(Runnable work) {
    if (!eventLoop.isShuttingDown()) {
      eventLoop.execute(() -> inTurn(work));
    }
  }

  /** Puts a packet into the turn's batch. */
  void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
    port.send(packet, remote, goesOn);
  }

  /** Closes a connection that the engine uses no longer. */
  void disconnect(TransportAddress.Tcp connection) {
    port.disconnect(connection);
  }

  /** Frees port and thread; returns when they are free. */
  void close() {
    stopping = true;
    eventLoop
        .submit(() -> {
          heartbeat.cancel(false);
          timer.cancel();
          host.discard();
          port.disconnectAll(ConnectionEnd.SERVER_STOPPED);
        })
        .awaitUninterruptibly();
    port.close();
    shutDownGroup();
  }

  private void shutDownGroup() {
    group
        .shutdownGracefully(0, SHUTDOWN_MS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_MS);
  }

  private void inTurn(Runnable work) {
    guard(work);
    guard(turnEnd);
  }

  // Whatever an engine throws, the other loops and this loop's next engine must go on. An event
  // loop that sees an error ends with its thread.
  @SuppressWarnings("CatchingUnchecked")
  private void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void endTurn() {
    port.flush();
    if (!stopping) {
      timer.wakeAt(host.engine().nextDeadlineNs(), runtime.nanoClock().getAsLong());
    }
  }

  private void engineTimeout() {
    host.engine().onTimeout(runtime.nanoClock().getAsLong());
  }

  // Guards itself: work to be handed over would be garbage for every packet.
  @SuppressWarnings("CatchingUnchecked")
  private void onDatagram(ByteBuffer datagram, InetSocketAddress remote) {
    try {
      host.engine().onDatagram(datagram, remote, runtime.nanoClock().getAsLong());
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    EngineHost failed = host;
    failedCounters = countersOf(failed);
    discard(failed, cause);
    port.disconnectAll(ConnectionEnd.ENGINE_FAILED);
    timer.cancel();
    host = new EngineHost(this, settings.engine(), runtime);
    host.engine().capVideo(cap, host.nowNs());
    runtime.listener().loopFailed(index, failed.routers(), cause);
  }

  /** A broken engine may break again while it is taken apart. */
  @SuppressWarnings("CatchingUnchecked")
  private static void discard(EngineHost failed, Throwable cause) {
    try {
      failed.discard();
    } catch (RuntimeException | Error e) {
      if (!e.equals(cause)) {
        cause.addSuppressed(e);
      }
    }
  }

  private EngineCounters countersOf(EngineHost of) {
    EngineCounters earlier = failedCounters;
    EngineCounters now = of.engine().counters();
    return earlier == null ? now : LoopSnapshot.sum(earlier, now);
  }

  private void beat() {
    lastBeatNs = runtime.nanoClock().getAsLong();
    busy.sample(THREADS.getCurrentThreadCpuTime(), lastBeatNs);
    guard(() -> port.expire(lastBeatNs));
    guard(() -> snapshot = takeSnapshot());
    if (snapshot.counters().transports() == 0) {
      guard(port::forgetAddresses);
    }
  }

  private LoopSnapshot takeSnapshot() {
    return new LoopSnapshot(
        index,
        true,
        port.number(),
        countersOf(host),
        port.queueFull(),
        port.sendFailures(),
        port.connections(),
        busy.share(),
        port.transit(runtime.nanoClock().getAsLong()));
  }

  /** What is read becomes turns, one for each batch. */
  private final class Packets implements MediaPort.Handler {
    private boolean taken;

    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress remote) {
      onDatagram(datagram, remote);
    }

    @Override
    public boolean frame(ByteBuffer frame, TransportAddress.Tcp connection) {
      long now = runtime.nanoClock().getAsLong();
      taken = false;
      guard(() -> taken = host.engine().onFrame(frame, connection, now));
      return taken;
    }

    @Override
    public void connectionClosed(TransportAddress.Tcp connection) {
      guard(() -> host.engine().onConnectionClosed(connection));
    }

    @Override
    public void batchEnd() {
      guard(turnEnd);
    }

    @Override
    public void failed(Throwable cause) {
      fail(cause);
    }
  }
}
