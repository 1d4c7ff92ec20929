package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an association has once it is established: both directions, and how the peer is doing. */
final class Transfer {
  private final SctpSettings settings;
  private final Agreement agreement;
  private final Counters counters;
  private final Consumer<SctpEvent> events;
  private final RetransmissionTimeout timeout = new RetransmissionTimeout();
  private final DataSender sender;
  private final DataReceiver receiver;
  private final OutgoingResets outgoingResets;
  private final IncomingResets incomingResets;
  private final Heartbeats heartbeats;

  /** Chunks that answer what came. */
  private final List<Chunk> answers = new ArrayList<>();

  private boolean sackInPacket;

  Transfer(
      SctpSettings settings,
      Agreement agreement,
      Counters counters,
      Consumer<SctpEvent> events,
      long nowNs) {
    this.settings = settings;
    this.agreement = agreement;
    this.counters = counters;
    this.events = events;
    this.sender =
        new DataSender(
            settings,
            Integer.toUnsignedLong(agreement.localTsn()),
            agreement.peerWindow(),
            agreement.mayForward(),
            timeout);
    this.receiver =
        new DataReceiver(
            settings,
            agreement.incomingStreams(),
            Integer.toUnsignedLong(agreement.peerTsn()),
            counters,
            message -> events.accept(new SctpEvent.Received(message)));
    this.outgoingResets = new OutgoingResets(agreement.localTsn(), timeout);
    this.incomingResets =
        new IncomingResets(
            agreement.peerTsn(),
            receiver,
            streamIds -> events.accept(new SctpEvent.StreamsEnded(streamIds)));
    this.heartbeats = new Heartbeats(timeout, nowNs);
  }

  Agreement agreement() {
    return agreement;
  }

  SendResult send(SctpMessage message, Reliability reliability, long nowNs) {
    int length = message.payload().remaining();
    if (message.streamId() < 0 || message.streamId() >= agreement.outgoingStreams()) {
      return SendResult.NO_SUCH_STREAM;
    }
    if (outgoingResets.isClosing(message.streamId())) {
      return SendResult.STREAM_CLOSING;
    }
    if (length == 0 || length > settings.maxMessageLength()) {
      return SendResult.WRONG_LENGTH;
    }
    return sender.offer(message, reliability, nowNs) ? SendResult.ACCEPTED : SendResult.BUFFER_FULL;
  }

  /** Ends a stream when all that waits on it was sent; a peer that cannot do that never hears. */
  void resetStream(int streamId) {
    if (agreement.mayReset() && streamId >= 0 && streamId < agreement.outgoingStreams()) {
      outgoingResets.want(streamId);
    }
  }

  /** Whether everything that was handed in has arrived or was given up. */
  boolean isDone() {
    return sender.isDone();
  }

  int cumulativeTsn() {
    return receiver.cumulativeTsn();
  }

  long timeoutNs() {
    return timeout.ns();
  }

  /** Why the association has to be aborted; mostly empty. */
  Optional<Parameter> onData(Chunk.Data data) {
    return receiver.onData(data, error -> answers.add(new Chunk.OperationError(List.of(error))));
  }

  void onForwardTsn(Chunk.ForwardTsn forward) {
    receiver.onForwardTsn(forward);
  }

  /** Takes the first of a packet: each costs a walk, and a second one tells nothing new. */
  void onSack(Chunk.Sack sack, long nowNs) {
    if (!sackInPacket && sender.onSack(sack, nowNs)) {
      heartbeats.onAlive(nowNs);
    } else {
      counters.dropped(DropReason.SCTP_UNEXPECTED);
    }
    sackInPacket = true;
  }

  void onShutdown(Chunk.Shutdown shutdown, long nowNs) {
    sender.onShutdown(shutdown.cumulativeTsn(), nowNs);
    heartbeats.onAlive(nowNs);
  }

  void onHeartbeat(Chunk.Heartbeat heartbeat) {
    answers.add(new Chunk.HeartbeatAck(heartbeat.value()));
  }

  void onHeartbeatAck(Chunk.HeartbeatAck ack, long nowNs) {
    heartbeats.onAnswer(ack.value(), nowNs);
  }

  void onReconfig(Chunk.Reconfig reconfig) {
    List<Parameter> responses = new ArrayList<>();
    for (Parameter parameter : reconfig.parameters()) {
      if (parameter.type() == Parameter.RECONFIG_RESPONSE) {
        onResponse(parameter.value());
      } else {
        incomingResets.onRequest(parameter).ifPresent(responses::add);
      }
    }
    // No packet may hold more than two (RFC 6525, 3.1), and nobody needs more answers than that.
    if (!responses.isEmpty()) {
      answers.add(new Chunk.Reconfig(responses.subList(0, Math.min(2, responses.size()))));
    }
  }

  private void onResponse(ByteBuffer value) {
    if (value.limit() >= 8) {
      List<Integer> begun = outgoingResets.onResponse(value.getInt(0), value.getInt(4));
      if (!begun.isEmpty()) {
        sender.queue().reset(begun);
        events.accept(new SctpEvent.StreamsReset(begun));
      }
    }
  }

  /** Tells the peer that a chunk was not understood. */
  void reportUnknown(Chunk.Unknown unknown) {
    int length = 4 + unknown.value().remaining();
    ByteBuffer whole = ByteBuffer.allocate(length);
    whole.put((byte) unknown.type()).put((byte) unknown.flags()).putShort((short) length);
    whole.put(unknown.value().duplicate()).flip();
    answers.add(
        new Chunk.OperationError(List.of(new Parameter(Parameter.UNRECOGNIZED_CHUNK, whole))));
  }

  void onPacketEnd(long nowNs) {
    sackInPacket = false;
    receiver.onPacketEnd(nowNs);
  }

  void acknowledgeNow() {
    receiver.acknowledgeNow();
  }

  long nextDeadlineNs() {
    long next = Math.min(sender.nextDeadlineNs(), receiver.nextDeadlineNs());
    next = Math.min(next, outgoingResets.nextDeadlineNs());
    return Math.min(next, heartbeats.nextDeadlineNs());
  }

  /** Something was not answered in time; false when that was once too often. */
  boolean onUnanswered() {
    timeout.backOff();
    return !heartbeats.onUnanswered();
  }

  /** Does what is due; false when the peer did not answer too often. */
  boolean onTimeout(Outbox out, long nowNs) {
    receiver.onTimeout(nowNs);
    boolean unanswered = sender.onTimeout(nowNs);
    unanswered |= outgoingResets.onTimeout(nowNs);
    if (unanswered && heartbeats.onUnanswered()) {
      return false;
    }
    return heartbeats.onTimeout(out, nowNs);
  }

  /**
   * Sends what there is to send.
   *
   * @param transmits whether messages are among it
   */
  void write(Outbox out, boolean transmits, long nowNs) {
    receiver.write(out);
    answers.forEach(out::add);
    answers.clear();
    if (transmits) {
      sender.write(out, nowNs);
      outgoingResets.write(out, sender.queue(), sender.lastTsn(), nowNs);
    }
  }
}
