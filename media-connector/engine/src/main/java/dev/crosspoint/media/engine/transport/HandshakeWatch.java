package dev.crosspoint.media.engine.transport;

/**
 * Whether a client that is there by ICE comes by DTLS too. The handshake itself is watched by who
 * does it, but only from its first record on, and only when it can begin.
 */
final class HandshakeWatch {
  static final String NOT_BEGUN = "no handshake: ICE is connected, and no DTLS record came";
  static final String NOT_ENDED = "no handshake: DTLS records came, and it did not end";

  /** Who does the handshake gives up after a time of its own, and knows better why. */
  private static final int TIMEOUTS_ONCE_BEGUN = 2;

  private final long timeoutNs;
  private boolean begun;
  private boolean over;
  private long deadlineNs = Long.MAX_VALUE;

  HandshakeWatch(long timeoutNs) {
    this.timeoutNs = timeoutNs;
  }

  /** The client can send and be sent; only the first time counts. */
  void onIceConnected(long nowNs) {
    if (!over && deadlineNs == Long.MAX_VALUE) {
      deadlineNs = nowNs + timeoutNs;
    }
  }

  /** A record came. */
  void onRecord(long nowNs) {
    if (!over && !begun) {
      begun = true;
      deadlineNs = nowNs + TIMEOUTS_ONCE_BEGUN * timeoutNs;
    }
  }

  /** The handshake is done, or failed, and that is known. */
  void end() {
    over = true;
    deadlineNs = Long.MAX_VALUE;
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  /** Whether the client has had its time; said once. */
  boolean expires(long nowNs) {
    boolean expired = nowNs >= deadlineNs;
    if (expired) {
      end();
    }
    return expired;
  }

  /** What is missing, for operators. */
  String detail() {
    return begun ? NOT_ENDED : NOT_BEGUN;
  }
}
