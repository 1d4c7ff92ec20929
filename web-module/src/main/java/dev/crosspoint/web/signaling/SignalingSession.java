package dev.crosspoint.web.signaling;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.EventFrame;
import dev.crosspoint.contract.MessageTypes;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.identity.boundary.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * One participant's session: numbers the events, keeps those that were not acknowledged, and sends
 * them over the socket it has at the moment, if any. A newer socket replaces the older.
 */
final class SignalingSession implements ParticipantChannel {
  private sealed interface State {
    record Detached(Instant since) implements State {}

    record Attached(SignalingConnection connection) implements State {}

    record Ended() implements State {}
  }

  private final String id;
  private final Caller caller;
  private final SignalingContext context;
  private final Consumer<SignalingSession> onEnd;
  private final ReplayBuffer replay;
  private final AnsweredRequests answered = new AnsweredRequests();
  private State state;
  private Optional<String> participantId = Optional.empty();
  private long epoch;

  /**
   * @param id unguessable: who knows it and has the token takes the session up
   * @param onEnd told once, when nothing more will be sent
   */
  SignalingSession(
      String id, Caller caller, SignalingContext context, Consumer<SignalingSession> onEnd) {
    this.id = id;
    this.caller = caller;
    this.context = context;
    this.onEnd = onEnd;
    this.replay = new ReplayBuffer(context.settings().replayEvents());
    this.state = new State.Detached(context.clock().instant());
  }

  String id() {
    return id;
  }

  Caller caller() {
    return caller;
  }

  synchronized Optional<String> participantId() {
    return participantId;
  }

  /** Whether a caller is the one who opened this session. */
  boolean belongsTo(Caller other) {
    return caller.subject().equals(other.subject()) && caller.callId().equals(other.callId());
  }

  @Override
  public synchronized void send(long eventEpoch, ServerEvent event) {
    if (state instanceof State.Ended) {
      return;
    }
    epoch = Math.max(epoch, eventEpoch);
    context.monitor().event(MessageTypes.nameOf(event));
    String text = context.codec().encode(new EventFrame(replay.next(), eventEpoch, event));
    replay.add(text);
    if (state instanceof State.Attached(SignalingConnection connection)) {
      connection.send(text);
    }
  }

  @Override
  public synchronized void end(EndReason reason) {
    send(epoch, new ServerEvent.CallEnded(reason));
    finish();
  }

  /** Ends the session without another word. */
  synchronized void finish() {
    State before = state;
    if (before instanceof State.Ended) {
      return;
    }
    state = new State.Ended();
    if (before instanceof State.Attached(SignalingConnection connection)) {
      connection.closeGracefully(SocketEnd.SESSION_ENDED);
    }
    onEnd.accept(this);
  }

  /** The call let the participant in; answers false when the session has ended meanwhile. */
  synchronized boolean admit(ServerReply.Joined joined) {
    participantId = Optional.of(joined.participantId());
    epoch = Math.max(epoch, joined.epoch());
    return !(state instanceof State.Ended);
  }

  /**
   * Takes a socket into service: answers its request, then sends what it missed.
   *
   * @param reply made from the call epoch the session knows
   * @param lastSequence the last event the client has; 0 when none
   * @return false when the session has ended or missed events are forgotten
   */
  synchronized boolean attach(
      SignalingConnection newer,
      long requestId,
      LongFunction<ServerReply> reply,
      long lastSequence) {
    Optional<List<String>> missed = replay.after(lastSequence);
    if (state instanceof State.Ended || missed.isEmpty()) {
      return false;
    }
    if (state instanceof State.Attached(SignalingConnection older)) {
      older.closeGracefully(SocketEnd.REPLACED);
    }
    replay.acknowledge(lastSequence);
    state = new State.Attached(newer);
    newer.serve(this);
    newer.answer(requestId, reply.apply(epoch));
    missed.get().forEach(newer::send);
    if (newer.isClosed()) {
      detach(newer);
    }
    return true;
  }

  /** A socket is gone; the session waits for another. */
  synchronized void detach(SignalingConnection gone) {
    if (state instanceof State.Attached(SignalingConnection connection) && connection == gone) {
      state = new State.Detached(context.clock().instant());
    }
  }

  /**
   * Asks once, whatever becomes of sockets: a request that is sent again after a resume gets the
   * answer of the first time.
   */
  CompletionStage<ServerReply> once(long requestId, Supplier<CompletionStage<ServerReply>> ask) {
    return answered.once(requestId, ask);
  }

  synchronized void acknowledge(long sequence) {
    replay.acknowledge(sequence);
  }

  /** Ends the session when no socket has come for so long that none will. */
  synchronized boolean finishIfExpired(Instant now) {
    boolean expired =
        state instanceof State.Detached(Instant since)
            && !since.plus(context.settings().resumeGrace()).isAfter(now);
    if (expired) {
      finish();
    }
    return expired;
  }
}
