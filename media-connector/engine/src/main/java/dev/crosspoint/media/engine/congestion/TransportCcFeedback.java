package dev.crosspoint.media.engine.congestion;

import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.SequenceNumbers;
import java.util.Arrays;

/**
 * Notes when a sender's packets arrived and tells it
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1).
 */
public final class TransportCcFeedback {
  private static final int WINDOW = 2048;
  private static final int MAX_PACKETS = 400;
  private static final int MAX_LEADING_GAP = 300;
  static final long TICK_NS = 250_000;
  static final long REFERENCE_NS = 64_000_000;
  private static final long MISSING = Long.MIN_VALUE;

  private final long intervalNs;
  private final long[] arrivalNs = new long[WINDOW];
  private final ArrivalStatuses statuses = new ArrivalStatuses(MAX_PACKETS);
  private long highest = -1;
  private long nextReported;
  private long deadlineNs = Long.MAX_VALUE;
  private int feedbackCount;

  public TransportCcFeedback(long intervalNs) {
    this.intervalNs = intervalNs;
  }

  /**
   * A packet has come.
   *
   * @param sequenceNumber the transport-wide one, unsigned 16 bit
   */
  public void onPacket(int sequenceNumber, long nowNs) {
    long number = SequenceNumbers.extend(sequenceNumber, highest);
    if (number <= highest - WINDOW || number < 0) {
      return;
    }
    if (number > highest) {
      moveTo(number);
    } else if (number < nextReported) {
      // Called lost too early: the next feedback takes that back.
      nextReported = number;
    }
    arrivalNs[slot(number)] = nowNs;
    deadlineNs = Math.min(deadlineNs, nowNs + intervalNs);
  }

  public long nextDeadlineNs() {
    return deadlineNs;
  }

  /** Appends one feedback message when it is time; false when there is nothing (more) to tell. */
  public boolean write(RtcpWriter out, int sender, int media, long nowNs) {
    if (nowNs < deadlineNs) {
      return false;
    }
    long firstArrived = firstArrived();
    if (firstArrived > highest) {
      deadlineNs = Long.MAX_VALUE;
      return false;
    }
    nextReported = Math.max(nextReported, firstArrived - MAX_LEADING_GAP);
    long reference = Math.floorDiv(arrivalNs[slot(firstArrived)], REFERENCE_NS);
    collect(reference * REFERENCE_NS);
    int start = out.begin(RtcpType.TRANSPORT_FEEDBACK, RtcpType.TRANSPORT_CC);
    out.word(sender);
    out.word(media);
    out.halfWord((int) nextReported);
    out.halfWord(statuses.size());
    out.word(((int) reference << 8) | (feedbackCount++ & 0xFF));
    statuses.write(out);
    out.end(start);
    nextReported += statuses.size();
    return true;
  }

  /** Fills the statuses until a message is full or a delta does not fit. */
  private void collect(long referenceNs) {
    statuses.clear();
    long previousNs = referenceNs;
    for (long number = nextReported; number <= highest && !statuses.isFull(); number++) {
      long arrival = arrivalNs[slot(number)];
      if (arrival == MISSING) {
        statuses.addMissing();
        continue;
      }
      long ticks = Math.floorDiv(arrival - previousNs + TICK_NS / 2, TICK_NS);
      if (ticks != (short) ticks) {
        break;
      }
      statuses.addArrived((int) ticks);
      previousNs += ticks * TICK_NS;
    }
  }

  private long firstArrived() {
    long number = nextReported;
    while (number <= highest && arrivalNs[slot(number)] == MISSING) {
      number++;
    }
    return number;
  }

  private void moveTo(long number) {
    if (highest < 0 || number - highest >= WINDOW) {
      Arrays.fill(arrivalNs, MISSING);
      nextReported = number;
    } else {
      for (long gap = highest + 1; gap < number; gap++) {
        arrivalNs[slot(gap)] = MISSING;
      }
      nextReported = Math.max(nextReported, number - WINDOW + 1);
    }
    highest = number;
  }

  private static int slot(long number) {
    return (int) number & (WINDOW - 1);
  }
}
