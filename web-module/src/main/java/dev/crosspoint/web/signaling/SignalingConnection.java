package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.AnswerFrame;
import dev.crosspoint.contract.ClientFrame;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.Failure;
import dev.crosspoint.contract.MessageTypes;
import dev.crosspoint.contract.RefusalFrame;
import dev.crosspoint.contract.ServerFrame;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.web.log.WebLog;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One open socket: reads its requests one after another, answers each exactly once, and watches
 * that the other side still speaks. The session it serves may outlive it.
 */
final class SignalingConnection {
  /** A request that the application has not answered yet. */
  private record Pending(Instant since, CompletableFuture<?> answer) {}

  /** When to close a socket that is of no more use, unless the client does before. */
  private record GracefulClose(SocketEnd end, Instant until) {}

  private final Caller caller;
  private final SocketWriter writer;
  private final SignalingContext context;
  private final SignalingRequests requests;
  private final OutboundQueue outbound;
  private final RequestMailbox mailbox;
  private volatile Optional<SignalingSession> session = Optional.empty();
  private volatile @Nullable Pending pending;
  private volatile @Nullable GracefulClose closing;
  private volatile Instant heard;
  private volatile Instant pinged;
  private volatile boolean closed;
  private int badInRow;

  SignalingConnection(
      Caller caller, SocketWriter writer, SignalingContext context, SignalingRequests requests) {
    this.caller = caller;
    this.writer = writer;
    this.context = context;
    this.requests = requests;
    this.outbound =
        new OutboundQueue(writer, context.executor(), context.settings().outboundLength());
    this.mailbox =
        new RequestMailbox(context.executor(), this::process, context.settings().pendingRequests());
    this.heard = context.clock().instant();
    this.pinged = heard;
  }

  Caller caller() {
    return caller;
  }

  Optional<SignalingSession> session() {
    return session;
  }

  /** A text frame came. */
  void received(String text) {
    alive();
    if (!mailbox.offer(text)) {
      abort(SocketEnd.TOO_MANY_REQUESTS);
    }
  }

  /** A message came that was compressed for its way ({@link CompressedText}). */
  void receivedCompressed(byte[] deflated) {
    received(CompressedText.of(deflated, context.settings().maxMessageLength()));
  }

  /** The other side gave a sign of life. */
  void alive() {
    heard = context.clock().instant();
  }

  /** The socket is gone; what it brought before is still done, a goodbye above all. */
  void closed() {
    closed = true;
    outbound.abandon();
    leaveSession();
  }

  private void leaveSession() {
    session.ifPresent(served -> served.detach(this));
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether nothing more will be sent, because the socket is gone or was closed here. */
  boolean isOver() {
    return outbound.over().toCompletableFuture().isDone();
  }

  /** Pings, and lets go what is dead or takes too long. */
  void tick(Instant now) {
    SignalingSettings settings = context.settings();
    Pending waiting = pending;
    if (waiting != null && waiting.since().plus(settings.requestTimeout()).isBefore(now)) {
      waiting
          .answer()
          .completeExceptionally(
              new CallFailure(ErrorCode.UNAVAILABLE, "The call did not answer in time"));
    }
    if (outbound.isBroken()) {
      closeGracefully(SocketEnd.TOO_SLOW);
      leaveSession();
    }
    GracefulClose due = closing;
    if (heard.plus(settings.silence()).isBefore(now)) {
      abort(SocketEnd.SILENT);
    } else if (due != null) {
      closeIfDue(due, now);
    } else if (!pinged.plus(settings.pingInterval()).isAfter(now)) {
      pinged = now;
      outbound.ping();
    }
  }

  private void closeIfDue(GracefulClose graceful, Instant now) {
    if (!graceful.until().isAfter(now)) {
      close(graceful.end());
    }
  }

  /** Serves a session from now on; only a session calls this. */
  void serve(SignalingSession served) {
    session = Optional.of(served);
  }

  void answer(long requestId, ServerReply reply) {
    send(context.codec().encode(new AnswerFrame(requestId, reply)));
  }

  /** Sends a frame that is encoded already. */
  void send(String frame) {
    if (!outbound.send(frame)) {
      abort(SocketEnd.TOO_SLOW);
    }
  }

  /**
   * The socket is of no more use, once what was said before is sent: the client closes it, or else
   * the server after {@link SignalingSettings#CLOSE_GRACE}. At once would be a race with clients,
   * who close sockets for the same reasons: where both do, Open Liberty may write its close frame
   * to a connection that it has closed already, and waits for the end of that for ever.
   */
  void closeGracefully(SocketEnd end) {
    mailbox.close();
    if (closing == null) {
      closing =
          new GracefulClose(end, context.clock().instant().plus(SignalingSettings.CLOSE_GRACE));
    }
  }

  /**
   * Closes the socket after what was said before.
   *
   * @return completed when it is closed
   */
  CompletionStage<Void> close(SocketEnd end) {
    mailbox.close();
    if (outbound.isBroken()) {
      // A container may keep what broke until it is told to close it.
      abort(end);
    } else {
      outbound.close(end);
    }
    return outbound.over();
  }

  /** Waits for the application; at most as long as a request may take. */
  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> answer = stage.thenApply(Function.identity()).toCompletableFuture();
    pending = new Pending(context.clock().instant(), answer);
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      pending = null;
    }
  }

  private void process(String text) {
    try {
      ClientFrame frame = context.codec().decode(text);
      badInRow = 0;
      context.monitor().request(MessageTypes.nameOf(frame.message()));
      handle(frame);
    } catch (MalformedFrameException e) {
      refuse(e.requestId(), new Failure(e.code(), e.explanation(), OptionalLong.empty()));
      badInRow++;
      if (badInRow >= context.settings().badMessagesInRow()) {
        WebLog.LOG.tooManyBadMessages(badInRow, e.code());
        close(SocketEnd.TOO_MANY_BAD_MESSAGES);
      }
    }
  }

  private void handle(ClientFrame frame) {
    try {
      frame.ack().ifPresent(sequence -> session.ifPresent(served -> served.acknowledge(sequence)));
      requests.handle(this, frame);
    } catch (CallFailure e) {
      refuse(
          OptionalLong.of(frame.id()),
          new Failure(e.code(), String.valueOf(e.getMessage()), e.retryAfterMs()));
    } catch (RuntimeException e) {
      WebLog.LOG.requestFailed(MessageTypes.nameOf(frame.message()), e);
      refuse(
          OptionalLong.of(frame.id()),
          new Failure(
              ErrorCode.INTERNAL, "The server failed on this request", OptionalLong.empty()));
    }
  }

  private void refuse(OptionalLong requestId, Failure failure) {
    context.monitor().refusal(failure.code());
    ServerFrame refusal = new RefusalFrame(requestId, failure);
    send(context.codec().encode(refusal));
  }

  /** Lets the socket go at once: it does not take or say what it should. */
  private void abort(SocketEnd end) {
    mailbox.close();
    closed();
    context.executor().execute(() -> writer.close(end));
  }
}
