package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one client is sent of one producer: which of its packets, and when. */
public final class Consumer {
  /**
   * So long a new receiver is sent also sound that is not among the loudest, to know that its way
   * works.
   */
  private static final long INTRODUCTION_NS = 1_000_000_000L;

  private final String id;
  private final MediaChannel channel;
  private final Producer producer;
  private final ConsumerParameters parameters;
  private final Counters counters;
  private final LayerSelection layers;
  private final SentStream sent;
  private int priority = 1;
  private boolean paused;
  private boolean keyFrameAsked;
  private boolean beginningWaits;
  private boolean toldNone;
  private boolean selected = true;
  private boolean toldSelected = true;
  private boolean pinned;
  private long introducedNs;

  Consumer(
      String id,
      MediaChannel channel,
      Producer producer,
      ConsumerParameters parameters,
      boolean paused,
      ForwardingContext context) {
    this.id = id;
    this.channel = channel;
    this.producer = producer;
    this.parameters = parameters;
    this.paused = paused;
    this.counters = context.counters();
    this.layers = new LayerSelection(producer.streams(), producer.highestLayer());
    this.sent = new SentStream(channel, producer, parameters, context);
    sent.useLayers(layers.assigned());
  }

  public String id() {
    return id;
  }

  public Producer producer() {
    return producer;
  }

  public ConsumerParameters parameters() {
    return parameters;
  }

  public int ssrc() {
    return (int) parameters.encoding().ssrc();
  }

  /** How packets of its producer are written for its client. */
  PacketMapping mapping() {
    return sent.mapping();
  }

  /** Whether its client is on this channel. */
  public boolean isTo(MediaChannel other) {
    return channel.equals(other);
  }

  MediaChannel channel() {
    return channel;
  }

  void pause() {
    paused = true;
  }

  /** Whether nothing would be sent, whoever is selected. */
  boolean isPaused() {
    return paused || producer.isPaused();
  }

  void pin(boolean nowPinned) {
    pinned = nowPinned;
  }

  boolean isPinned() {
    return pinned;
  }

  /** Nothing is sent until it is selected. */
  void awaitSelection() {
    selected = false;
  }

  /**
   * Whether its pictures are among those that the receiver is sent; who enters begins as after a
   * pause.
   *
   * @return whether the receiver has to be told
   */
  boolean select(boolean in, long nowNs) {
    if (selected != in) {
      selected = in;
      if (in) {
        restart();
        begin(nowNs);
      }
    }
    boolean news = !paused && toldSelected != selected;
    toldSelected ^= news;
    return news;
  }

  void resume(long nowNs) {
    if (paused) {
      paused = false;
      restart();
      begin(nowNs);
    }
  }

  /**
   * Sends what a receiver can begin with, or asks for it, if packets can leave. Who has seen
   * pictures before must not see them again.
   */
  void begin(long nowNs) {
    InboundStream target = layers.target();
    if (target != null
        && isKeyFrameWanted(target)
        && !(sent.isUnused() && target.replay(this, nowNs))) {
      target.requestKeyFrame(nowNs);
    }
  }

  /** Whether it has layers to share a line with: pictures that are to be sent. */
  boolean isPicture() {
    return producer.isVideo() && selected && !isPaused();
  }

  /** Pictures of a higher one come first where the line does not take all. */
  int priority() {
    return priority;
  }

  /**
   * Tells what the client has a use for.
   *
   * @param highest layer, the lowest is 0
   * @param rank {@link #priority}
   */
  public void prefer(int highest, int rank) {
    layers.prefer(highest);
    priority = rank;
  }

  /** The {@link Rung} above this one that the client has a use for and may be sent, or NONE. */
  int above(int rung) {
    return layers.ladder().next(rung, highest());
  }

  private int highest() {
    return Math.min(layers.preferred(), producer.highestLayer());
  }

  /** The {@link Rung} it was assigned last. */
  int assigned() {
    return layers.assigned();
  }

  /** What a rung would take of the line, in bits for each second. */
  long cost(int rung, long nowNs) {
    return isPaused() || !selected ? 0 : layers.ladder().cost(rung, nowNs);
  }

  /** Whether the sender sends it, or may do so when asked. */
  boolean isPossible(int rung, long nowNs) {
    return layers.ladder().isPossible(rung, nowNs);
  }

  /** Sends this, or what comes nearest; another stream from its next key frame on. */
  void assign(int rung, long nowNs) {
    int before = layers.assigned();
    layers.assign(rung, nowNs);
    if (Rung.stream(layers.assigned()) != Rung.stream(before)) {
      producer.updateDemand(nowNs);
    }
    if (layers.addsSize(before)) {
      onKeyFrameRequest(nowNs);
    }
    useBest(nowNs);
  }

  private void useBest(long nowNs) {
    InboundStream best = layers.best(nowNs);
    boolean asAssigned =
        best != null && best.equals(producer.streams().get(Rung.stream(layers.assigned())));
    sent.useLayers(asAssigned ? layers.assigned() : Rung.whole(0));
    if (!Objects.equals(best, layers.target())) {
      layers.choose(best);
      beginningWaits = false;
      begin(nowNs);
      if (best == null) {
        tellLayer(Rung.NONE);
      }
    }
  }

  /** Of a single stream only that it stops, and that it is there again. */
  private void tellLayer(int layer) {
    if (producer.streams().size() > 1 || toldNone != (layer == Rung.NONE)) {
      toldNone = layer == Rung.NONE;
      producer.onLayer(this, layer);
    }
  }

  /** What could be sent of the producer if the line took it, in bits for each second. */
  long wantedBitsPerSecond(long nowNs) {
    return cost(layers.ladder().top(highest()), nowNs);
  }

  /** Before this timestamp of the producer's time passes faster. */
  void hasten(int until) {
    sent.hasten(until);
  }

  /** The next packet to be sent begins a new run; for video it is the start of a key frame. */
  void restart() {
    layers.restart();
    beginningWaits = false;
  }

  /** The stream's sender began anew, with other numbers. */
  void onRestart(InboundStream stream) {
    if (stream.equals(layers.current())) {
      restart();
    }
  }

  /** Whether the receiver was sent the start of something, or will be when its line takes it. */
  boolean hasBegun() {
    return layers.current() != null || beginningWaits;
  }

  /** Packets can leave now. */
  public void onChannelConnected(long nowNs) {
    begin(nowNs);
  }

  /** Whether a key frame of this stream could be used. */
  boolean isKeyFrameWanted(InboundStream stream) {
    boolean open = !paused && selected && channel.isConnected() && stream.equals(layers.target());
    return open && (layers.isWaiting() || keyFrameAsked || sent.isKeyFrameNeeded());
  }

  void onPacket(InboundStream stream, RtpPacket packet, PayloadInfo info, long number, long nowNs) {
    boolean begins =
        layers.begins(stream, info.isEntryPoint())
            || (beginningWaits && stream.equals(layers.target()));
    DropReason closed = closedTo(stream, packet, begins, nowNs);
    if (closed != null) {
      counters.dropped(closed);
      if (closed == DropReason.NOT_AMONG_LOUDEST) {
        // What is left out on purpose leaves no gap in the numbers.
        restart();
      } else if (closed == DropReason.LAYER_NOT_SELECTED && layers.hasStopped()) {
        // Who is sent nothing reports nothing, so that nobody else would look in time.
        useBest(nowNs);
      }
    } else if (producer.isVideo() && channel.isBusy(nowNs)) {
      boolean waits = channel.delay(this, stream, packet, number, nowNs);
      beginningWaits |= begins && waits;
      if (begins && !beginningWaits) {
        stream.requestKeyFrame(nowNs);
      }
    } else {
      send(stream, packet, info, number, nowNs);
    }
  }

  /** Sends a packet that waited for the line. */
  public void release(InboundStream stream, long number, long nowNs) {
    RtpPacket packet = stream.remembered(number);
    DropReason closed = DropReason.PACED_TOO_LONG;
    if (packet != null) {
      PayloadInfo info = stream.read(packet);
      boolean begins = layers.begins(stream, info.isEntryPoint());
      closed = closedTo(stream, packet, begins, nowNs);
      if (closed == null) {
        send(stream, packet, info, number, nowNs);
        return;
      }
    }
    counters.dropped(closed);
    if (beginningWaits && stream.equals(layers.target())) {
      // What was to begin did not: there has to be another beginning.
      beginningWaits = false;
      stream.requestKeyFrame(nowNs);
    }
  }

  private void send(
      InboundStream stream, RtpPacket packet, PayloadInfo info, long number, long nowNs) {
    if (layers.begins(stream, info.isEntryPoint())) {
      layers.begin(stream);
      beginningWaits = false;
      if (sent.isUnused()) {
        introducedNs = nowNs + INTRODUCTION_NS;
      }
      sent.begin(stream, packet, number, nowNs);
      tellLayer(producer.streams().indexOf(stream));
    }
    if (sent.send(packet, info, number, nowNs) && info.isEntryPoint()) {
      keyFrameAsked = false;
    }
    if (sent.isKeyFrameNeeded()) {
      stream.requestKeyFrame(nowNs);
    }
  }

  /**
   * Why a packet goes no further, or null.
   *
   * @param begins whether the receiver can go over to its stream with it
   */
  private @Nullable DropReason closedTo(
      InboundStream stream, RtpPacket packet, boolean begins, long nowNs) {
    DropReason closed = closedTo(packet, nowNs);
    return closed == null && !begins ? layers.refusal(stream) : closed;
  }

  private @Nullable DropReason closedTo(RtpPacket packet, long nowNs) {
    if (paused) {
      return DropReason.CONSUMER_PAUSED;
    }
    if (!channel.isConnected()) {
      return DropReason.NO_SELECTED_TUPLE;
    }
    if (!selected) {
      return DropReason.NOT_AMONG_LAST;
    }
    boolean introduced = !sent.isUnused() && nowNs >= introducedNs;
    return introduced && !producer.isHeard() ? DropReason.NOT_AMONG_LOUDEST : sent.refusal(packet);
  }

  /** The receiver misses packets: this one and those whose bit is set (RFC 4585, 6.2.1). */
  public void onNack(int first, int mask, long nowNs) {
    sent.resend(first, nowNs);
    for (int i = 0; i < 16; i++) {
      if ((mask & (1 << i)) != 0) {
        sent.resend((first + 1 + i) & 0xFFFF, nowNs);
      }
    }
  }

  /** Sends one of the latest packets once more, to fill the line; false when there is none. */
  public boolean sendPadding(long nowNs) {
    return !paused && sent.pad(nowNs);
  }

  /** The receiver cannot decode without a key frame: PLI or FIR. */
  public void onKeyFrameRequest(long nowNs) {
    keyFrameAsked = true;
    producer.requestKeyFrames(nowNs);
  }

  /** The receiver's report block about this stream. */
  public void onReceiverReport(int lastSenderReport, int delay, long nowNs) {
    sent.onReceiverReport(lastSenderReport, delay, nowNs);
  }

  /** Appends SR and CNAME, once there is something to report. */
  public void writeSenderReport(RtcpWriter out, long nowNs) {
    sent.writeSenderReport(out, nowNs);
  }

  /** Tells the receiver that nothing more will come. */
  void sayGoodbye() {
    sent.sayGoodbye();
  }
}
