package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Receives messages and tells the peer what arrived (RFC 9260, 6.2; RFC 3758, 3.6). */
final class DataReceiver {
  /** How long an acknowledgement waits for the next packet, which it may serve too. */
  private static final long DELAY_NS = 100_000_000;

  private final SctpSettings settings;
  private final int streams;
  private final Counters counters;
  private final ReceivedTsns tsns;
  private final Reassembly reassembly;
  private final Timer delay = new Timer();
  private boolean acknowledgeNow;
  private boolean dataInPacket;
  private int packets;

  /**
   * @param streams how many the peer may use
   * @param output takes whole messages, in order where they have one
   */
  DataReceiver(
      SctpSettings settings,
      int streams,
      long initialTsn,
      Counters counters,
      Consumer<SctpMessage> output) {
    this.settings = settings;
    this.streams = streams;
    this.counters = counters;
    this.tsns = new ReceivedTsns(initialTsn);
    this.reassembly = new Reassembly(output, counters);
  }

  int cumulativeTsn() {
    return (int) tsns.cumulative();
  }

  /** Whether everything up to this has arrived. */
  boolean hasAllUpTo(int wireTsn) {
    return Serial.tsn(wireTsn, tsns.cumulative()) <= tsns.cumulative();
  }

  /** Whether the peer may use all of these. */
  boolean hasStreams(List<Integer> streamIds) {
    return streamIds.stream().allMatch(streamId -> streamId < streams);
  }

  /** Streams begin anew; none means all. */
  void reset(List<Integer> streamIds) {
    reassembly.reset(streamIds);
  }

  /**
   * Takes a piece of a message.
   *
   * @param errors takes what the peer should know, while the association goes on
   * @return why the association has to be aborted; mostly empty
   */
  Optional<Parameter> onData(Chunk.Data chunk, Consumer<Parameter> errors) {
    dataInPacket = true;
    acknowledgeNow |= chunk.immediate();
    long tsn = Serial.tsn(chunk.tsn(), tsns.cumulative());
    if (tsns.isSeen(tsn)) {
      counters.dropped(DropReason.DUPLICATE);
      tsns.noteDuplicate(tsn);
      acknowledgeNow = true;
      return Optional.empty();
    }
    boolean fillsGap = tsn == tsns.cumulative() + 1;
    if (!tsns.isInReach(tsn) || (!fillsGap && reassembly.cost() > settings.receiveBuffer())) {
      counters.dropped(DropReason.SCTP_NO_ROOM);
      acknowledgeNow = true;
      return Optional.empty();
    }
    tsns.mark(tsn);
    if (chunk.streamId() >= streams) {
      counters.dropped(DropReason.SCTP_UNKNOWN_STREAM);
      errors.accept(invalidStream(chunk.streamId()));
      return Optional.empty();
    }
    return keep(tsn, chunk);
  }

  /** What fills a gap is taken without asking for room: it is what frees some, as a rule. */
  private Optional<Parameter> keep(long tsn, Chunk.Data chunk) {
    if (reassembly.cost() > settings.receiveBuffer() + settings.maxMessageLength()) {
      return Optional.of(Parameter.empty(Parameter.OUT_OF_RESOURCE));
    }
    if (reassembly.add(tsn, chunk) > settings.maxMessageLength()) {
      return Optional.of(violation("message too long"));
    }
    return Optional.empty();
  }

  /** The peer does not send again what is missing up to a TSN. */
  void onForwardTsn(Chunk.ForwardTsn chunk) {
    long upTo = Serial.tsn(chunk.cumulativeTsn(), tsns.cumulative());
    acknowledgeNow = true;
    if (upTo > tsns.cumulative()) {
      List<Chunk.Skipped> known =
          chunk.skipped().stream().filter(skipped -> skipped.streamId() < streams).toList();
      reassembly.forward(upTo, known);
      tsns.forward(upTo);
    }
  }

  /** All chunks of a packet were taken: decides how soon to acknowledge. */
  void onPacketEnd(long nowNs) {
    if (!dataInPacket) {
      return;
    }
    dataInPacket = false;
    packets++;
    if (packets >= 2 || tsns.hasGap()) {
      acknowledgeNow = true;
    } else if (!delay.isRunning()) {
      delay.start(nowNs + DELAY_NS);
    }
  }

  /** The next {@link #write} acknowledges. */
  void acknowledgeNow() {
    acknowledgeNow = true;
  }

  long nextDeadlineNs() {
    return delay.deadlineNs();
  }

  void onTimeout(long nowNs) {
    acknowledgeNow |= delay.isDue(nowNs);
  }

  /** Acknowledges if it is time. */
  void write(Outbox out) {
    if (acknowledgeNow) {
      acknowledgeNow = false;
      packets = 0;
      delay.stop();
      out.add(tsns.sack(Math.max(0, settings.receiveBuffer() - reassembly.cost())));
    }
  }

  private static Parameter invalidStream(int streamId) {
    ByteBuffer value = ByteBuffer.allocate(4).putShort((short) streamId).putShort((short) 0);
    return new Parameter(Parameter.INVALID_STREAM, value.flip());
  }

  private static Parameter violation(String reason) {
    return new Parameter(
        Parameter.PROTOCOL_VIOLATION, ByteBuffer.wrap(reason.getBytes(StandardCharsets.US_ASCII)));
  }
}
