package dev.crosspoint.media.engine.ice;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.stun.StunAttribute;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import dev.crosspoint.media.engine.stun.StunWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lite side of ICE (RFC 8445, 2.5): always controlled, sends no checks, answers those that its
 * password authenticates, and sends to the address that was nominated last.
 */
public final class IceLiteAgent {
  /** More addresses than any client has; the oldest is forgotten for the next. */
  private static final int MAX_ADDRESSES = 16;

  private final IceListener listener;
  private final long timeoutNs;
  private final Deque<TransportAddress> validated = new ArrayDeque<>();
  private Local current;
  private @Nullable Local restarting;
  private @Nullable TransportAddress selected;
  private IceState state = IceState.NEW;
  private long expiresNs = Long.MAX_VALUE;

  /** What to do with a check: the answer, if any, and the reason when it was refused. */
  public record Verdict(Optional<ByteBuffer> answer, Optional<DropReason> refused) {}

  private record Local(IceCredentials credentials, StunKey key) {
    static Local of(IceCredentials credentials) {
      return new Local(credentials, new StunKey(credentials.password()));
    }
  }

  public IceLiteAgent(IceCredentials credentials, long timeoutNs, IceListener listener) {
    this.current = Local.of(credentials);
    this.timeoutNs = timeoutNs;
    this.listener = listener;
  }

  /** The credentials to tell a client that asks now. */
  public IceCredentials credentials() {
    return restarting != null ? restarting.credentials() : current.credentials();
  }

  public IceState state() {
    return state;
  }

  /** Where to send: the address nominated last, else the one that was validated first. */
  public @Nullable TransportAddress selected() {
    return selected != null ? selected : validated.peekFirst();
  }

  /** From now on a client is expected; it has the timeout for its first check. */
  public void expectClient(long nowNs) {
    if (expiresNs == Long.MAX_VALUE && state == IceState.NEW) {
      expiresNs = nowNs + timeoutNs;
    }
  }

  /** New credentials; the present ones hold until the client uses the new (RFC 8445, 9). */
  public void restart(IceCredentials credentials) {
    if (restarting != null) {
      listener.credentialsRetired(restarting.credentials());
    }
    restarting = Local.of(credentials);
  }

  /** Handles a binding request for this agent's user name fragment. */
  public Verdict onRequest(
      String usernameFragment, StunMessage request, TransportAddress remote, long nowNs) {
    if (!request.has(StunAttribute.MESSAGE_INTEGRITY)) {
      return refusal(request, 400, "Bad Request", null, DropReason.STUN_UNAUTHENTICATED);
    }
    Local local = localFor(usernameFragment);
    if (local == null || !request.isAuthenticatedBy(local.key())) {
      return refusal(request, 401, "Unauthorized", null, DropReason.STUN_UNAUTHENTICATED);
    }
    if (request.unknownRequiredAttribute().isPresent()) {
      return unknownAttribute(request, local.key());
    }
    if (request.has(StunAttribute.ICE_CONTROLLED)) {
      // A lite agent cannot take the controlling role, so the peer has to.
      return refusal(request, 487, "Role Conflict", local.key(), DropReason.STUN_ROLE_CONFLICT);
    }
    accept(local, request, remote, nowNs);
    ByteBuffer answer =
        new StunWriter(StunMessage.BINDING_SUCCESS, request.transactionId())
            .xorMappedAddress(remote.socketAddress())
            .integrity(local.key())
            .finish();
    return new Verdict(Optional.of(answer), Optional.empty());
  }

  public long nextDeadlineNs() {
    return expiresNs;
  }

  /** Gives the client up when its time is over. */
  public void onTimeout(long nowNs) {
    if (nowNs >= expiresNs) {
      enter(IceState.DISCONNECTED);
      close();
    }
  }

  /**
   * A TCP connection has ended, so nothing can be sent there. What was validated before takes its
   * place until the client nominates again; without any the agent waits for the next check.
   */
  public void forget(TransportAddress.Tcp connection) {
    if (!validated.remove(connection)) {
      return;
    }
    if (connection.equals(selected)) {
      selected = null;
    }
    listener.addressForgotten(connection);
  }

  /** Forgets every address and takes no more checks. */
  public void close() {
    listener.credentialsRetired(current.credentials());
    if (restarting != null) {
      listener.credentialsRetired(restarting.credentials());
      restarting = null;
    }
    expiresNs = Long.MAX_VALUE;
    selected = null;
    validated.forEach(listener::addressForgotten);
    validated.clear();
    enter(IceState.CLOSED);
  }

  private void accept(Local local, StunMessage request, TransportAddress remote, long nowNs) {
    expiresNs = nowNs + timeoutNs;
    if (local.equals(restarting)) {
      listener.credentialsRetired(current.credentials());
      current = local;
      restarting = null;
    }
    validate(remote);
    if (request.has(StunAttribute.USE_CANDIDATE)) {
      selected = remote;
      enter(IceState.CONNECTED);
    }
  }

  /** Tells of known addresses too: in between, another transport may have claimed this one. */
  private void validate(TransportAddress remote) {
    if (validated.contains(remote)) {
      listener.addressValidated(remote);
      return;
    }
    if (validated.size() == MAX_ADDRESSES) {
      TransportAddress oldest = validated.removeFirst();
      if (oldest.equals(selected)) {
        validated.addLast(oldest);
        oldest = validated.removeFirst();
      }
      listener.addressForgotten(oldest);
    }
    validated.addLast(remote);
    listener.addressValidated(remote);
  }

  private @Nullable Local localFor(String usernameFragment) {
    if (current.credentials().usernameFragment().equals(usernameFragment)) {
      return current;
    }
    return restarting != null
            && restarting.credentials().usernameFragment().equals(usernameFragment)
        ? restarting
        : null;
  }

  private void enter(IceState next) {
    if (state != next) {
      state = next;
      listener.iceStateChanged(next);
    }
  }

  private static Verdict unknownAttribute(StunMessage request, StunKey key) {
    int type = request.unknownRequiredAttribute().orElseThrow();
    ByteBuffer answer =
        new StunWriter(StunMessage.BINDING_ERROR, request.transactionId())
            .errorCode(420, "Unknown Attribute")
            .attribute(
                StunAttribute.UNKNOWN_ATTRIBUTES, new byte[] {(byte) (type >>> 8), (byte) type})
            .integrity(key)
            .finish();
    return new Verdict(Optional.of(answer), Optional.of(DropReason.STUN_UNEXPECTED));
  }

  private static Verdict refusal(
      StunMessage request, int code, String text, @Nullable StunKey key, DropReason reason) {
    StunWriter writer =
        new StunWriter(StunMessage.BINDING_ERROR, request.transactionId()).errorCode(code, text);
    if (key != null) {
      writer.integrity(key);
    }
    return new Verdict(Optional.of(writer.finish()), Optional.of(reason));
  }
}
