package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.CurrentCap;
import dev.crosspoint.media.engine.forwarding.ForwardingContext;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.forwarding.Router;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.forwarding.WrittenHeader;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.transport.DatagramDemux;
import dev.crosspoint.media.engine.transport.MediaTransport;
import dev.crosspoint.media.engine.transport.TransportContext;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A selective forwarding unit without sockets, threads or clock.
 *
 * <p>The caller owns the sockets and the time: it passes datagrams and frames of TCP connections
 * in, sends what comes out of {@link EngineOutput}, and calls {@link #onTimeout} at {@link
 * #nextDeadlineNs}, which every other call may have brought forward. {@code nowNs} never goes back.
 * All calls come from one thread; the output is called from inside them and must not call back.
 *
 * <p>DTLS happens outside: records from authenticated addresses are handed out, records to send are
 * handed in, and {@link #dtlsConnected} brings the keys. The engine does not see certificates.
 *
 * <p>Commands are harmless when repeated, and throw {@link EngineException} when refused. No
 * datagram, however malformed, makes a method throw.
 */
public final class MediaEngine implements AutoCloseable {
  private static final int SCRATCH = 2048;

  private final EngineWiring wiring;
  private final Counters counters = new Counters();
  private final DatagramDemux demux = new DatagramDemux(counters);
  private final Alarms<Router> routerAlarms = new Alarms<>();
  private final List<Router> dueRouters = new ArrayList<>();
  private final Alarms<MediaTransport> transportAlarms = new Alarms<>();
  private final List<MediaTransport> dueTransports = new ArrayList<>();
  private final EngineObjects objects;
  private final DataCommands data;

  /**
   * @param random makes credentials and SSRCs, and therefore has to be a secure one
   */
  public MediaEngine(
      EngineConfig config, EngineOutput output, SrtpCryptoProvider crypto, RandomGenerator random) {
    this.wiring = new EngineWiring(output);
    ForwardingContext forwarding =
        new ForwardingContext(
            counters,
            random,
            wiring,
            routerAlarms,
            new CurrentCap(),
            new WrittenHeader(),
            config.keyFrameInterval().toNanos(),
            config.nackRetryInterval().toNanos(),
            config.historyPackets());
    TransportContext transports =
        new TransportContext(
            counters,
            wiring,
            transportAlarms,
            demux,
            crypto,
            random,
            ByteBuffer.allocateDirect(SCRATCH),
            config.iceTimeout().toNanos(),
            config.handshakeTimeout().toNanos(),
            config.rtcpInterval().toNanos(),
            config.transportCcInterval().toNanos());
    this.objects = new EngineObjects(forwarding, transports);
    this.data = new DataCommands(objects);
  }

  /**
   * Takes a UDP datagram.
   *
   * @param datagram between position and limit; decrypted in place, not kept
   */
  public void onDatagram(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    counters.received(datagram.remaining());
    demux.onDatagram(fromZero(datagram), remote, nowNs);
  }

  /**
   * Takes a frame of a TCP connection (RFC 4571, as RFC 6544 uses it).
   *
   * @param frame without its length, between position and limit; decrypted in place, not kept
   * @return whether a transport uses the connection, which needs an authenticated check on it
   */
  public boolean onFrame(ByteBuffer frame, TransportAddress.Tcp connection, long nowNs) {
    counters.received(frame.remaining());
    demux.onFrame(fromZero(frame), connection, nowNs);
    return demux.isUsed(connection);
  }

  private static ByteBuffer fromZero(ByteBuffer packet) {
    return packet.position() == 0 ? packet : packet.slice();
  }

  /** A TCP connection has ended; a transport that used it has its timeout to be checked anew. */
  public void onConnectionClosed(TransportAddress.Tcp connection) {
    for (MediaTransport transport : objects.transports()) {
      transport.onConnectionClosed(connection);
    }
  }

  /**
   * Does what is due, for each once: who wants to be called again at once waits until what has been
   * read is forwarded.
   */
  public void onTimeout(long nowNs) {
    routerAlarms.takeDue(nowNs, dueRouters);
    for (int i = 0; i < dueRouters.size(); i++) {
      dueRouters.get(i).onTimeout(nowNs);
    }
    dueRouters.clear();
    transportAlarms.takeDue(nowNs, dueTransports);
    for (int i = 0; i < dueTransports.size(); i++) {
      onTimeout(dueTransports.get(i), nowNs);
    }
    dueTransports.clear();
  }

  private void onTimeout(MediaTransport transport, long nowNs) {
    transport.onTimeout(nowNs);
    if (transport.iceState() == IceState.CLOSED) {
      objects.close(transport, nowNs);
      wiring.transportClosed(transport);
    }
  }

  /** When to call {@link #onTimeout}; {@link Long#MAX_VALUE} when there is no need to. */
  public long nextDeadlineNs() {
    return Math.min(routerAlarms.nextNs(), transportAlarms.nextNs());
  }

  /** Sends a DTLS record to a transport's client; dropped when the transport is gone. */
  public void sendDtls(String transportId, ByteBuffer dtlsRecord, long nowNs) {
    objects.findTransport(transportId).ifPresent(transport -> transport.sendDtls(dtlsRecord));
  }

  /** The handshake of a transport is done; ignored when the transport is gone. */
  public void dtlsConnected(String transportId, SrtpKeys keys, long nowNs) {
    objects
        .findTransport(transportId)
        .ifPresent(transport -> {
          transport.useKeys(keys, nowNs);
          wiring.dtlsState(transport, DtlsState.CONNECTED, "");
        });
  }

  /** The handshake of a transport failed; ignored when the transport is gone. */
  public void dtlsFailed(String transportId, String detail, long nowNs) {
    objects
        .findTransport(transportId)
        .ifPresent(transport -> {
          transport.handshakeFailed();
          wiring.dtlsState(transport, DtlsState.FAILED, detail);
        });
  }

  /**
   * Takes application data of a transport's DTLS connection; ignored when the transport is gone.
   *
   * @param packet between position and limit; not kept
   */
  public void onSctp(String transportId, ByteBuffer packet, long nowNs) {
    objects
        .findTransport(transportId)
        .ifPresent(transport -> transport.data().onPacket(packet, nowNs));
  }

  /** Makes a router that forwards everything. */
  public void createRouter(String routerId) {
    createRouter(routerId, SpeakerPolicy.UNLIMITED);
  }

  /** Makes a router; one that exists keeps its policy. */
  public void createRouter(String routerId, SpeakerPolicy policy) {
    objects.createRouter(routerId, policy);
  }

  /** Closes a router with all that is in it; nothing happens when it is gone. */
  public void closeRouter(String routerId) {
    objects.closeRouter(routerId);
  }

  /** Makes a transport and returns the credentials that its client's checks have to use. */
  public IceCredentials createTransport(String routerId, String transportId, long nowNs) {
    return objects.createTransport(routerId, transportId).iceCredentials();
  }

  /** The client is told to come: without an authenticated check in time the transport closes. */
  public void connectTransport(String routerId, String transportId, long nowNs) {
    objects.transport(routerId, transportId).expectClient(nowNs);
  }

  /** Makes new credentials; the old ones hold until a check with the new ones arrives. */
  public IceCredentials restartIce(String routerId, String transportId, long nowNs) {
    return objects.transport(routerId, transportId).restartIce();
  }

  /** Closes a transport with its producers and consumers; nothing happens when it is gone. */
  public void closeTransport(String routerId, String transportId, long nowNs) {
    objects.closeTransport(routerId, transportId, nowNs);
  }

  /** Takes a stream from the client of a transport. */
  public void produce(
      String routerId,
      String transportId,
      String producerId,
      ProducerParameters parameters,
      boolean paused,
      long nowNs) {
    objects.produce(routerId, transportId, producerId, parameters, paused, nowNs);
  }

  /** Drops, and counts, what the producer sends. */
  public void pauseProducer(String routerId, String producerId, long nowNs) {
    objects.router(routerId).pauseProducer(objects.producer(routerId, producerId), nowNs);
  }

  /** Forwards the producer again, video from its next key frame on, which is asked for. */
  public void resumeProducer(String routerId, String producerId, long nowNs) {
    objects.router(routerId).resumeProducer(objects.producer(routerId, producerId), nowNs);
  }

  /** Ends a producer and its consumers; nothing happens when it is gone. */
  public void closeProducer(String routerId, String producerId, long nowNs) {
    objects.closeProducer(routerId, producerId, nowNs);
  }

  /** Sends a producer to the client of a transport. */
  public void consume(
      String routerId,
      String transportId,
      String consumerId,
      String producerId,
      ConsumerParameters parameters,
      boolean paused,
      long nowNs) {
    Producer producer = objects.producer(routerId, producerId);
    objects.consume(routerId, transportId, consumerId, producer, parameters, paused, nowNs);
  }

  /** Sends nothing to a consumer. */
  public void pauseConsumer(String routerId, String consumerId, long nowNs) {
    objects.router(routerId).pauseConsumer(objects.consumer(routerId, consumerId), nowNs);
  }

  /** Sends to a consumer again, video from the next key frame on, which is asked for. */
  public void resumeConsumer(String routerId, String consumerId, long nowNs) {
    objects.router(routerId).resumeConsumer(objects.consumer(routerId, consumerId), nowNs);
  }

  /**
   * Tells what a video consumer's client has a use for.
   *
   * @param highest layer, 0 for the lowest
   * @param priority of pictures that share a line, 1 or more; higher ones come first
   */
  public void preferLayers(
      String routerId, String consumerId, int highest, int priority, long nowNs) {
    objects.consumer(routerId, consumerId).prefer(highest, priority);
  }

  /** Lets a video consumer be selected before all that are not pinned, or no longer. */
  public void pinConsumer(String routerId, String consumerId, boolean pinned, long nowNs) {
    objects.router(routerId).pinConsumer(objects.consumer(routerId, consumerId), pinned, nowNs);
  }

  /** Ends a consumer; nothing happens when it is gone. */
  public void closeConsumer(String routerId, String consumerId, long nowNs) {
    objects.closeConsumer(routerId, consumerId, nowNs);
  }

  /** Asks the producer behind a video consumer for a key frame, merged with other requests. */
  public void requestKeyFrame(String routerId, String consumerId, long nowNs) {
    objects.consumer(routerId, consumerId).onKeyFrameRequest(nowNs);
  }

  /** Limits the video of all routers, those to come included, from now on. */
  public void capVideo(VideoCap cap, long nowNs) {
    objects.capVideo(cap, nowNs);
  }

  /** The cap that holds now. */
  public VideoCap videoCap() {
    return objects.videoCap();
  }

  /** Commands about data channels. */
  public DataCommands data() {
    return data;
  }

  /** Closes all routers, so that keys are forgotten and native memory is given back. */
  @Override
  public void close() {
    objects.closeAll();
  }

  /** A snapshot of the counters. */
  public EngineCounters counters() {
    return counters.snapshot(objects.routerCount(), objects.transports().size());
  }
}
