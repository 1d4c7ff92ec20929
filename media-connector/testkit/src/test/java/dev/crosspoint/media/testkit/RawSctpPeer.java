package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.SctpAssociation;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpOutput;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.InitParameters;
import dev.crosspoint.media.engine.sctp.packet.PacketWriter;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import dev.crosspoint.media.engine.sctp.packet.SctpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A peer of an association that says whatever it is told to. */
final class RawSctpPeer implements SctpOutput {
  /** Its first TSN. */
  static final int TSN = 1_000;

  private static final int PORT = 5_000;
  private static final int OWN_TAG = 77;
  private static final int LONGEST = 2_048;

  final SctpAssociation association;
  final List<SctpEvent> events = new ArrayList<>();
  final List<Chunk> heard = new ArrayList<>();

  /** Packets that it was sent. */
  int packets;

  private final Counters counters = new Counters();
  private final PacketWriter writer = new PacketWriter(LONGEST, PORT, PORT);
  private long nowNs = Duration.ofHours(1).toNanos();
  private int tag;

  /** Is not connected yet. */
  RawSctpPeer(long seed) {
    association = new SctpAssociation(SctpSettings.standard(), this, counters, new Random(seed));
  }

  static RawSctpPeer connected(long seed) {
    RawSctpPeer peer = new RawSctpPeer(seed);
    peer.shakeHands();
    return peer;
  }

  static Chunk.Init init(int outgoing, int incoming, long window) {
    Parameter forward = Parameter.empty(Parameter.FORWARD_TSN_SUPPORTED);
    return init(outgoing, incoming, window, List.of(forward));
  }

  static Chunk.Init init(int outgoing, int incoming, long window, List<Parameter> parameters) {
    return new Chunk.Init(new InitParameters(OWN_TAG, window, outgoing, incoming, TSN, parameters));
  }

  /** A request to end a stream on which everything up to a TSN was sent. */
  static Parameter endOfStream(int number, int lastTsn, int streamId) {
    ByteBuffer value = ByteBuffer.allocate(14).putInt(number).putInt(0).putInt(lastTsn);
    return new Parameter(Parameter.OUTGOING_RESET, value.putShort((short) streamId).flip());
  }

  void shakeHands() {
    sayTo(0, init(1_024, 1_024, 100_000));
    InitParameters answer = ((Chunk.InitAck) heard.getLast()).parameters();
    tag = answer.tag();
    ByteBuffer cookie = answer.find(Parameter.STATE_COOKIE).orElseThrow().value();
    say(new Chunk.CookieEcho(cookie));
  }

  /** Says it in one packet. */
  void say(Chunk... chunks) {
    sayTo(tag, chunks);
  }

  void sayTo(int otherTag, Chunk... chunks) {
    for (Chunk chunk : chunks) {
      writer.add(chunk);
    }
    association.onPacket(writer.finish(otherTag), nowNs);
  }

  /** A whole ordered message. */
  static Chunk.Data data(int tsn, int streamId, int ssn, int length) {
    return piece(tsn, streamId, ssn, length, true, true);
  }

  static Chunk.Data piece(
      int tsn, int streamId, int ssn, int length, boolean beginning, boolean ending) {
    return new Chunk.Data(
        false, false, beginning, ending, tsn, streamId, ssn, 53, ByteBuffer.allocate(length));
  }

  /** Lets time pass; every deadline is kept. */
  void run(Duration duration) {
    long endNs = nowNs + duration.toNanos();
    while (association.nextDeadlineNs() <= endNs) {
      nowNs = Math.max(nowNs, association.nextDeadlineNs());
      association.onTimeout(nowNs);
    }
    nowNs = endNs;
  }

  long nowNs() {
    return nowNs;
  }

  long dropped(DropReason reason) {
    return counters.snapshot(0, 0).dropped().getOrDefault(reason, 0L);
  }

  /** The last acknowledgement. */
  Chunk.Sack lastSack() {
    return heard.stream()
        .filter(Chunk.Sack.class::isInstance)
        .map(Chunk.Sack.class::cast)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Override
  public void send(ByteBuffer packet) {
    packets++;
    heard.addAll(SctpPacket.parse(packet).orElseThrow().chunks());
  }

  @Override
  public void event(SctpEvent event) {
    events.add(event);
  }
}
