package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;

/** Sends messages, and sends again what was lost (RFC 9260, 6.1, 6.3 and 7.2; RFC 3758, 3.5). */
final class DataSender {
  private final int fragmentLength;

  /** Bytes of a chunk that fills a packet (PMDCS in RFC 9260, 7.2). */
  private final int fullChunk;

  private final long bufferLimit;
  private final boolean mayForward;
  private final RetransmissionTimeout timeout;
  private final SendQueue queue = new SendQueue();
  private final Outstanding outstanding;
  private final CongestionWindow window;
  private final Timer retransmission = new Timer();

  /**
   * Bytes for which the peer had room when it last said so, those under way included, less what its
   * SHUTDOWN has acknowledged since.
   */
  private long peerWindow;

  private long lastSentNs;
  private boolean resendAtOnce;
  private boolean forward;

  /**
   * @param peerWindow bytes that the peer has room for
   * @param mayForward whether the peer understands FORWARD TSN; if not, nothing is given up
   */
  DataSender(
      SctpSettings settings,
      long initialTsn,
      long peerWindow,
      boolean mayForward,
      RetransmissionTimeout timeout) {
    this.fragmentLength = settings.fragmentLength();
    this.bufferLimit = settings.sendBuffer();
    this.mayForward = mayForward;
    this.timeout = timeout;
    this.outstanding = new Outstanding(initialTsn);
    this.fullChunk = Chunk.Data.paddedLength(fragmentLength);
    this.window = new CongestionWindow(fullChunk);
    this.peerWindow = peerWindow;
  }

  SendQueue queue() {
    return queue;
  }

  /** The number of the last piece that was sent. */
  int lastTsn() {
    return (int) (outstanding.nextTsn() - 1);
  }

  /** Takes a message; false when too much waits already. */
  boolean offer(SctpMessage message, Reliability reliability, long nowNs) {
    long cost = (long) message.payload().remaining() + SctpSettings.OVERHEAD;
    if (queue.bytes() + outstanding.payload() + cost > bufferLimit) {
      return false;
    }
    Reliability possible = mayForward ? reliability : new Reliability.Reliable();
    queue.add(new OutgoingMessage(message, possible, nowNs));
    return true;
  }

  /** Whether everything has arrived or was given up. */
  boolean isDone() {
    return queue.isEmpty() && outstanding.isEmpty();
  }

  /** The peer has told what arrived; false when that cannot be. */
  boolean onSack(Chunk.Sack sack, long nowNs) {
    if (!outstanding.isPlausible(sack)) {
      return false;
    }
    if (!outstanding.isOld(sack)) {
      long flightBefore = outstanding.bytesInFlight();
      take(outstanding.acknowledge(sack, window.isRecovering(), nowNs), flightBefore, nowNs);
      peerWindow = sack.window();
    }
    return true;
  }

  /** The peer's SHUTDOWN tells what arrived, too, but not that it was taken from its buffer. */
  void onShutdown(int cumulativeTsn, long nowNs) {
    long flightBefore = outstanding.bytesInFlight();
    Outstanding.Change change = outstanding.acknowledge(cumulativeTsn, nowNs);
    take(change, flightBefore, nowNs);
    peerWindow = Math.max(0, peerWindow - change.acknowledged());
  }

  private void take(Outstanding.Change change, long flightBefore, long nowNs) {
    if (change.roundTripNs() >= 0) {
      timeout.onRoundTrip(change.roundTripNs());
    }
    window.onAcknowledged(
        change.acknowledged(), outstanding.cumulativeTsn(), change.moved(), flightBefore);
    if (change.lost()) {
      window.onLoss(outstanding.nextTsn() - 1);
      resendAtOnce = true;
    }
    if (outstanding.isEmpty()) {
      window.onAllAcknowledged();
      retransmission.stop();
    } else if (change.moved()) {
      retransmission.start(nowNs + timeout.ns());
    }
    forward = true;
  }

  long nextDeadlineNs() {
    return retransmission.deadlineNs();
  }

  /** Gives up waiting when it is time; whether it was. */
  boolean onTimeout(long nowNs) {
    if (!retransmission.isDue(nowNs)) {
      return false;
    }
    retransmission.stop();
    timeout.backOff();
    window.onTimeout();
    outstanding.loseAll(nowNs);
    forward = true;
    return true;
  }

  /** Sends what may be sent now. */
  void write(Outbox out, long nowNs) {
    fade(nowNs);
    long limit = window.limit(outstanding.bytesInFlight());
    if (resendAtOnce) {
      // One packet, whatever the window says (RFC 9260, 7.2.4).
      limit = Math.max(limit, outstanding.bytesInFlight() + fullChunk);
      resendAtOnce = false;
    }
    outstanding.resend(limit, nowNs, piece -> transmit(piece, out, nowNs));
    sendNew(out, limit, nowNs);
    if (forward || outstanding.hasNewlyAbandoned()) {
      forward = false;
      Chunk.ForwardTsn chunk = outstanding.forward();
      if (chunk != null) {
        out.add(chunk);
      }
    }
    if (!outstanding.isEmpty() && !retransmission.isRunning()) {
      retransmission.start(nowNs + timeout.ns());
    }
  }

  private void fade(long nowNs) {
    if (outstanding.isEmpty() && lastSentNs != 0) {
      long idle = (nowNs - lastSentNs) / timeout.ns();
      if (idle > 0) {
        window.onIdle(idle);
        lastSentNs = nowNs;
      }
    }
  }

  /** With nothing under way one piece is sent even if the peer has no room, to hear of any. */
  private void sendNew(Outbox out, long limit, long nowNs) {
    while (outstanding.bytesInFlight() < limit && !outstanding.isFull()) {
      OutgoingMessage message = queue.next(nowNs);
      if (message == null || !hasRoom(message)) {
        return;
      }
      Chunk.Data piece = message.nextFragment(outstanding.nextTsn(), fragmentLength);
      SentFragment fragment = new SentFragment(outstanding.nextTsn(), piece, message);
      queue.taken(message, fragment.length());
      outstanding.add(fragment, nowNs);
      transmit(piece, out, nowNs);
    }
  }

  private void transmit(Chunk.Data piece, Outbox out, long nowNs) {
    out.add(piece);
    lastSentNs = nowNs;
  }

  /**
   * Whether the peer has room for the next piece: what it announced less what is under way (RFC
   * 9260, 6.2.1). What is lost or given up is not under way.
   */
  private boolean hasRoom(OutgoingMessage message) {
    long inFlight = outstanding.bytesInFlight();
    int next = Chunk.Data.paddedLength(Math.min(message.rest(), fragmentLength));
    return inFlight + next <= peerWindow || inFlight == 0;
  }
}
