package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.InitParameters;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import dev.crosspoint.media.engine.sctp.packet.SctpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One end of an SCTP association over a DTLS connection (RFC 9260, RFC 8261).
 *
 * <p>Either end may {@link #connect}, or both; one that does not waits for the other. Sockets and
 * time are the caller's: it passes packets in, sends what comes out of {@link SctpOutput}, and
 * calls {@link #onTimeout} at {@link #nextDeadlineNs}, which every other call may have moved.
 * {@code nowNs} never goes back.
 *
 * <p>No packet, however malformed, makes a method throw; what is kept for the peer is bounded by
 * {@link SctpSettings}.
 */
public final class SctpAssociation {
  private final SctpSettings settings;
  private final SctpOutput output;
  private final Counters counters;
  private final Outbox out;
  private final Handshake handshake;
  private final Timer shutdownTimer = new Timer();
  private final Deque<SctpEvent> events = new ArrayDeque<>();
  private SctpState state = SctpState.CLOSED;
  private @Nullable Transfer transfer;
  private boolean telling;

  /**
   * @param random makes tags and keys, and therefore has to be a secure one
   */
  public SctpAssociation(
      SctpSettings settings, SctpOutput output, Counters counters, RandomGenerator random) {
    this.settings = settings;
    this.output = output;
    this.counters = counters;
    this.out = new Outbox(settings, output::send);
    this.handshake = new Handshake(settings, random);
  }

  public SctpState state() {
    return state;
  }

  /** Asks the peer for an association, if there is none. */
  public void connect(long nowNs) {
    if (state == SctpState.CLOSED) {
      state = SctpState.COOKIE_WAIT;
      handshake.begin(out, nowNs);
    }
  }

  /** Takes a message to be sent, or tells why not. */
  public SendResult send(SctpMessage message, Reliability reliability, long nowNs) {
    Transfer established = transfer;
    if (established == null || state != SctpState.ESTABLISHED) {
      return SendResult.NOT_CONNECTED;
    }
    SendResult result = established.send(message, reliability, nowNs);
    endTurn(nowNs);
    return result;
  }

  /**
   * Ends the stream on which this side sends, when all that waits on it was sent (RFC 6525). Until
   * {@link SctpEvent.StreamsReset} nothing can be sent on it. Nothing happens without an
   * association, or when the peer cannot do that.
   */
  public void resetStream(int streamId, long nowNs) {
    Transfer established = transfer;
    if (established != null && state == SctpState.ESTABLISHED) {
      established.resetStream(streamId);
      endTurn(nowNs);
    }
  }

  /** Ends the association when all that was handed in has arrived (RFC 9260, 9.2). */
  public void shutdown(long nowNs) {
    switch (state) {
      case ESTABLISHED -> state = SctpState.SHUTDOWN_PENDING;
      case COOKIE_WAIT, COOKIE_ECHOED -> close(CloseReason.ABORTED);
      default -> {}
    }
    endTurn(nowNs);
  }

  /** Ends the association at once (RFC 9260, 9.1). */
  public void abort(long nowNs) {
    if (state != SctpState.CLOSED) {
      abort(Parameter.empty(Parameter.USER_INITIATED_ABORT), CloseReason.ABORTED);
    }
    endTurn(nowNs);
  }

  /**
   * Takes a packet.
   *
   * @param packet between position and limit; not kept
   */
  public void onPacket(ByteBuffer packet, long nowNs) {
    SctpPacket.parse(packet)
        .ifPresentOrElse(
            parsed -> accept(parsed, nowNs), () -> counters.dropped(DropReason.SCTP_MALFORMED));
    endTurn(nowNs);
  }

  /** When to call {@link #onTimeout}; {@link Long#MAX_VALUE} when there is no need to. */
  public long nextDeadlineNs() {
    Transfer established = transfer;
    long next = Math.min(handshake.nextDeadlineNs(), shutdownTimer.deadlineNs());
    return established == null ? next : Math.min(next, established.nextDeadlineNs());
  }

  /** Does what is due. */
  public void onTimeout(long nowNs) {
    Transfer established = transfer;
    boolean hopeful = handshake.onTimeout(out, nowNs);
    if (established != null) {
      hopeful &= established.onTimeout(out, nowNs);
      if (shutdownTimer.isDue(nowNs)) {
        hopeful &= established.onUnanswered();
        sayShutdown(established, nowNs);
      }
    }
    if (!hopeful) {
      abort(Parameter.empty(Parameter.USER_INITIATED_ABORT), CloseReason.PEER_UNREACHABLE);
    }
    endTurn(nowNs);
  }

  private void accept(SctpPacket packet, long nowNs) {
    int tag = packet.verificationTag();
    if (packet.sourcePort() != settings.port()
        || packet.destinationPort() != settings.port()
        || !tags().fit(packet)) {
      unexpected();
      if (state == SctpState.CLOSED) {
        Tags.answerToStranger(packet).ifPresent(answer -> out.sendAlone(answer, tag));
      }
      return;
    }
    for (Chunk chunk : packet.chunks()) {
      take(chunk, tag, nowNs);
      boolean stops = chunk instanceof Chunk.Unknown unknown && unknown.stops();
      // The association may have ended, or a cookie was none, and then the tag proves nothing.
      if (stops || tag != tags().local()) {
        break;
      }
    }
    Transfer established = transfer;
    if (established != null) {
      established.onPacketEnd(nowNs);
    }
  }

  private Tags tags() {
    Agreement agreement = agreement().or(handshake::offered).orElse(null);
    return agreement == null
        ? new Tags(handshake.localTag(), 0)
        : new Tags(agreement.localTag(), agreement.peerTag());
  }

  private Optional<Agreement> agreement() {
    return Optional.ofNullable(transfer).map(Transfer::agreement);
  }

  private void take(Chunk chunk, int tag, long nowNs) {
    switch (chunk) {
      case Chunk.Init init -> onInit(init.parameters(), nowNs);
      case Chunk.InitAck ack -> onInitAck(ack.parameters(), nowNs);
      case Chunk.CookieEcho echo -> onCookieEcho(echo.cookie(), tag, nowNs);
      case Chunk.CookieAck _ ->
          handshake
              .offered()
              .ifPresentOrElse(agreement -> establish(agreement, nowNs), this::unexpected);
      case Chunk.Abort _ -> close(CloseReason.ABORTED_BY_PEER);
      case Chunk.ShutdownComplete _ -> onShutdownComplete();
      case Chunk.OperationError error -> onError(error, nowNs);
      default -> {
        Transfer established = transfer;
        if (established == null) {
          unexpected();
        } else {
          take(chunk, established, nowNs);
        }
      }
    }
  }

  private void take(Chunk chunk, Transfer established, long nowNs) {
    switch (chunk) {
      case Chunk.Data data when state.receives() -> onData(data, established, nowNs);
      case Chunk.ForwardTsn forward when state.receives() -> established.onForwardTsn(forward);
      case Chunk.Sack sack -> established.onSack(sack, nowNs);
      case Chunk.Heartbeat heartbeat -> established.onHeartbeat(heartbeat);
      case Chunk.HeartbeatAck ack -> established.onHeartbeatAck(ack, nowNs);
      case Chunk.Reconfig reconfig -> established.onReconfig(reconfig);
      case Chunk.Shutdown shutdown -> onShutdown(shutdown, established, nowNs);
      case Chunk.ShutdownAck _ -> onShutdownAck();
      case Chunk.Unknown unknown -> {
        if (unknown.isReported()) {
          established.reportUnknown(unknown);
        }
      }
      default -> unexpected();
    }
  }

  private void unexpected() {
    counters.dropped(DropReason.SCTP_UNEXPECTED);
  }

  private void onInit(InitParameters peer, long nowNs) {
    if (!Handshake.isUsable(peer)) {
      unexpected();
      out.sendAlone(
          new Chunk.Abort(false, List.of(Parameter.empty(Parameter.INVALID_PARAMETER))),
          peer.tag());
    } else if (state == SctpState.SHUTDOWN_ACK_SENT) {
      out.add(new Chunk.ShutdownAck());
    } else {
      out.sendAlone(handshake.answer(peer, agreement(), nowNs), peer.tag());
    }
  }

  private void onInitAck(InitParameters peer, long nowNs) {
    if (state == SctpState.COOKIE_WAIT && handshake.onInitAck(peer, out, nowNs)) {
      state = SctpState.COOKIE_ECHOED;
    } else {
      unexpected();
    }
  }

  private void onCookieEcho(ByteBuffer cookie, int tag, long nowNs) {
    switch (handshake.onCookie(cookie, tag, agreement(), nowNs)) {
      case Handshake.Verdict.Known _ -> out.add(new Chunk.CookieAck());
      case Handshake.Verdict.Accepted(Agreement agreement) -> {
        establish(agreement, nowNs);
        out.add(new Chunk.CookieAck());
      }
      case Handshake.Verdict.Restarted(Agreement agreement) -> {
        events.add(new SctpEvent.Restarted());
        shutdownTimer.stop();
        establish(agreement, nowNs);
        out.add(new Chunk.CookieAck());
      }
      case Handshake.Verdict.Stale(int peerTag) -> {
        Parameter cause =
            new Parameter(Parameter.STALE_COOKIE, ByteBuffer.allocate(4).putInt(0).flip());
        out.sendAlone(new Chunk.OperationError(List.of(cause)), peerTag);
      }
      case Handshake.Verdict.Refused _ -> unexpected();
    }
  }

  private void establish(Agreement agreement, long nowNs) {
    handshake.end();
    out.flush();
    out.address(agreement.peerTag());
    transfer = new Transfer(settings, agreement, counters, events::add, nowNs);
    state = SctpState.ESTABLISHED;
    events.add(new SctpEvent.Connected(agreement.outgoingStreams()));
  }

  /** A cookie that came too late: this side begins anew (RFC 9260, 5.2.6). */
  private void onError(Chunk.OperationError error, long nowNs) {
    boolean stale =
        error.causes().stream().anyMatch(cause -> cause.type() == Parameter.STALE_COOKIE);
    if (stale && state == SctpState.COOKIE_ECHOED) {
      state = SctpState.COOKIE_WAIT;
      handshake.begin(out, nowNs);
    }
  }

  private void onData(Chunk.Data data, Transfer established, long nowNs) {
    established.onData(data).ifPresent(cause -> abort(cause, CloseReason.PEER_VIOLATION));
    if (state == SctpState.SHUTDOWN_SENT) {
      established.acknowledgeNow();
      sayShutdown(established, nowNs);
    }
  }

  private void onShutdown(Chunk.Shutdown shutdown, Transfer established, long nowNs) {
    established.onShutdown(shutdown, nowNs);
    switch (state) {
      case ESTABLISHED, SHUTDOWN_PENDING -> state = SctpState.SHUTDOWN_RECEIVED;
      case SHUTDOWN_SENT -> {
        state = SctpState.SHUTDOWN_ACK_SENT;
        sayShutdown(established, nowNs);
      }
      default -> {}
    }
  }

  private void onShutdownAck() {
    if (state == SctpState.SHUTDOWN_SENT || state == SctpState.SHUTDOWN_ACK_SENT) {
      out.sendAlone(new Chunk.ShutdownComplete(false), tags().peer());
      close(CloseReason.SHUTDOWN);
    } else {
      unexpected();
    }
  }

  private void onShutdownComplete() {
    if (state == SctpState.SHUTDOWN_ACK_SENT) {
      close(CloseReason.SHUTDOWN);
    } else {
      unexpected();
    }
  }

  private void sayShutdown(Transfer established, long nowNs) {
    out.add(
        state == SctpState.SHUTDOWN_SENT
            ? new Chunk.Shutdown(established.cumulativeTsn())
            : new Chunk.ShutdownAck());
    shutdownTimer.start(nowNs + established.timeoutNs());
  }

  private void abort(Parameter cause, CloseReason reason) {
    if (tags().peer() != 0) {
      out.sendAlone(new Chunk.Abort(false, List.of(cause)), tags().peer());
    }
    close(reason);
  }

  private void close(CloseReason reason) {
    out.flush();
    handshake.end();
    shutdownTimer.stop();
    transfer = null;
    state = SctpState.CLOSED;
    events.add(new SctpEvent.Closed(reason));
  }

  /** Sends what the call led to, and then tells what happened. */
  private void endTurn(long nowNs) {
    Transfer established = transfer;
    if (established != null) {
      established.write(out, state.transmits(), nowNs);
      endWhenDone(established, nowNs);
    }
    out.flush();
    if (!telling) {
      telling = true;
      for (SctpEvent event = events.poll(); event != null; event = events.poll()) {
        output.event(event);
      }
      telling = false;
    }
  }

  private void endWhenDone(Transfer established, long nowNs) {
    if (!established.isDone()) {
      return;
    }
    if (state == SctpState.SHUTDOWN_PENDING) {
      state = SctpState.SHUTDOWN_SENT;
      sayShutdown(established, nowNs);
    } else if (state == SctpState.SHUTDOWN_RECEIVED) {
      state = SctpState.SHUTDOWN_ACK_SENT;
      sayShutdown(established, nowNs);
    }
  }
}
