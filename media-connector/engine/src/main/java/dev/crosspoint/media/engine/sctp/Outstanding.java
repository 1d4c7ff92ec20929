package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pieces that were sent and whose fate is open (RFC 9260, 6.2.1; RFC 3758, 3.5). */
final class Outstanding {
  /** Bounds what one acknowledgement costs to process. */
  static final int MAX_FRAGMENTS = 1_024;

  /** As many as fit into one chunk. */
  private static final int MAX_SKIPPED_STREAMS = 100;

  private final NavigableMap<Long, SentFragment> fragments = new TreeMap<>();
  private long cumulativeTsn;
  private long nextTsn;
  private long payload;
  private long bytesInFlight;
  private long firstTimedTsn;
  private boolean newlyAbandoned;

  /** Whether a piece may be lost that was not sent again. */
  private boolean hasLost;

  /** Whether the last acknowledgement told of pieces beyond a missing one. */
  private boolean hasGaps;

  /**
   * What an acknowledgement changed.
   *
   * @param acknowledged bytes in packets of what arrived for the first time
   * @param moved whether the cumulative TSN did
   * @param lost whether it shows a new loss
   * @param roundTripNs how long the acknowledged took, negative when that cannot be told
   */
  record Change(long acknowledged, boolean moved, boolean lost, long roundTripNs) {}

  Outstanding(long initialTsn) {
    this.nextTsn = initialTsn;
    this.cumulativeTsn = initialTsn - 1;
    this.firstTimedTsn = initialTsn;
  }

  boolean isEmpty() {
    return fragments.isEmpty();
  }

  boolean isFull() {
    return fragments.size() >= MAX_FRAGMENTS;
  }

  /** Bytes of all pieces' payloads. */
  long payload() {
    return payload;
  }

  /** Bytes in packets of those that neither arrived nor count as lost. */
  long bytesInFlight() {
    return bytesInFlight;
  }

  /** The number for the next new piece. */
  long nextTsn() {
    return nextTsn;
  }

  long cumulativeTsn() {
    return cumulativeTsn;
  }

  /** A new piece, with the number {@link #nextTsn}, is sent. */
  void add(SentFragment fragment, long nowNs) {
    fragments.put(fragment.tsn(), fragment);
    nextTsn++;
    payload += fragment.length();
    send(fragment, nowNs);
  }

  /** A piece is sent, for the first time or again. */
  void send(SentFragment fragment, long nowNs) {
    fragment.sent(nowNs);
    bytesInFlight += fragment.size();
  }

  /**
   * Sends lost pieces again while fewer bytes than the limit are under way; gives up those that may
   * not be sent again.
   */
  void resend(long limit, long nowNs, Consumer<Chunk.Data> output) {
    if (!hasLost) {
      return;
    }
    for (SentFragment fragment : fragments.values()) {
      if (bytesInFlight >= limit) {
        return;
      }
      if (fragment.is(SentFragment.State.LOST)) {
        if (fragment.message().allowsAnother(fragment.transmissions(), nowNs)) {
          send(fragment, nowNs);
          output.accept(fragment.chunk());
        } else {
          abandon(fragment.message());
        }
      }
    }
    hasLost = false;
  }

  /** Whether an acknowledgement can be one of what was sent. */
  boolean isPlausible(Chunk.Sack sack) {
    long acknowledged = Serial.tsn(sack.cumulativeTsn(), cumulativeTsn);
    long highest =
        sack.gaps().isEmpty() ? acknowledged : acknowledged + sack.gaps().getLast().last();
    return highest < nextTsn;
  }

  /** Whether an acknowledgement was overtaken by a later one. */
  boolean isOld(Chunk.Sack sack) {
    return Serial.tsn(sack.cumulativeTsn(), cumulativeTsn) < cumulativeTsn;
  }

  /** Takes a plausible acknowledgement that is not old. */
  Change acknowledge(Chunk.Sack sack, boolean recovering, long nowNs) {
    Acknowledging step = new Acknowledging(nowNs);
    boolean moved = step.upTo(Serial.tsn(sack.cumulativeTsn(), cumulativeTsn));
    step.gaps(sack.gaps());
    long missingBefore = recovering && moved ? step.highestArrived : step.highestNew;
    boolean lost = reportMissing(missingBefore, nowNs);
    return new Change(step.acknowledged, moved, lost, step.roundTripNs);
  }

  /** The peer's SHUTDOWN acknowledges too (RFC 9260, 9.2). */
  Change acknowledge(int wireTsn, long nowNs) {
    long upTo = Serial.tsn(wireTsn, cumulativeTsn);
    Acknowledging step = new Acknowledging(nowNs);
    boolean moved = upTo < nextTsn && step.upTo(upTo);
    return new Change(step.acknowledged, moved, false, step.roundTripNs);
  }

  /** Pieces before this that are still missing were missing once more. */
  private boolean reportMissing(long before, long nowNs) {
    List<SentFragment> lost = new ArrayList<>();
    for (SentFragment fragment : fragments.headMap(before, false).values()) {
      if (fragment.is(SentFragment.State.IN_FLIGHT) && fragment.reportMissing()) {
        lost.add(fragment);
      }
    }
    lost.forEach(fragment -> lose(fragment, nowNs));
    return !lost.isEmpty();
  }

  /** Everything under way counts as lost (RFC 9260, 6.3.3). */
  void loseAll(long nowNs) {
    for (SentFragment fragment : fragments.values()) {
      if (fragment.is(SentFragment.State.IN_FLIGHT)) {
        lose(fragment, nowNs);
      }
    }
  }

  private void lose(SentFragment fragment, long nowNs) {
    // It may have been given up as a part of its message a moment ago.
    if (fragment.is(SentFragment.State.IN_FLIGHT)) {
      bytesInFlight -= fragment.size();
      fragment.become(SentFragment.State.LOST);
      hasLost = true;
      if (!fragment.message().allowsAnother(fragment.transmissions(), nowNs)) {
        abandon(fragment.message());
      }
    }
  }

  private void abandon(OutgoingMessage message) {
    message.abandon();
    newlyAbandoned = true;
    for (SentFragment fragment :
        fragments.subMap(message.firstTsn(), true, message.lastTsn(), true).values()) {
      if (fragment.is(SentFragment.State.IN_FLIGHT)) {
        bytesInFlight -= fragment.size();
      }
      fragment.become(SentFragment.State.ABANDONED);
    }
  }

  /** Whether something was given up since {@link #forward} was called. */
  boolean hasNewlyAbandoned() {
    return newlyAbandoned;
  }

  /** What tells the peer not to wait for what was given up; null when it waits for nothing. */
  Chunk.@Nullable ForwardTsn forward() {
    newlyAbandoned = false;
    long upTo = cumulativeTsn;
    Map<Integer, Integer> skipped = new LinkedHashMap<>();
    for (SentFragment fragment : fragments.values()) {
      if (!fragment.is(SentFragment.State.ABANDONED) || skipped.size() == MAX_SKIPPED_STREAMS) {
        break;
      }
      upTo = fragment.tsn();
      if (!fragment.message().isUnordered()) {
        skipped.put(fragment.message().streamId(), fragment.message().ssn());
      }
    }
    return upTo == cumulativeTsn ? null : new Chunk.ForwardTsn((int) upTo, listed(skipped));
  }

  private static List<Chunk.Skipped> listed(Map<Integer, Integer> skipped) {
    return skipped.entrySet().stream()
        .map(entry -> new Chunk.Skipped(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** One acknowledgement being taken in. */
  private final class Acknowledging {
    private final long nowNs;
    private long acknowledged;
    private long roundTripNs = -1;

    /** The highest TSN that arrived for the first time, and that arrived at all. */
    private long highestNew = Long.MIN_VALUE;

    private long highestArrived = Long.MIN_VALUE;

    Acknowledging(long nowNs) {
      this.nowNs = nowNs;
    }

    /** Everything up to this has arrived; whether that is news. */
    boolean upTo(long tsn) {
      if (tsn <= cumulativeTsn) {
        return false;
      }
      Collection<SentFragment> gone = fragments.headMap(tsn, true).values();
      for (SentFragment fragment : gone) {
        arrived(fragment);
        payload -= fragment.length();
      }
      gone.clear();
      cumulativeTsn = tsn;
      return true;
    }

    /** What is not in the gaps' list is missing, even if it was there before. */
    void gaps(List<Chunk.Gap> gaps) {
      if (gaps.isEmpty() && !hasGaps) {
        return;
      }
      hasGaps = !gaps.isEmpty();
      int index = 0;
      for (SentFragment fragment : fragments.values()) {
        long offset = fragment.tsn() - cumulativeTsn;
        while (index < gaps.size() && gaps.get(index).last() < offset) {
          index++;
        }
        if (index < gaps.size() && gaps.get(index).first() <= offset) {
          arrived(fragment);
          highestArrived = fragment.tsn();
        } else if (fragment.is(SentFragment.State.ARRIVED)) {
          fragment.become(SentFragment.State.IN_FLIGHT);
          bytesInFlight += fragment.size();
        }
      }
    }

    private void arrived(SentFragment fragment) {
      switch (fragment.state()) {
        case IN_FLIGHT -> {
          bytesInFlight -= fragment.size();
          count(fragment);
        }
        case LOST -> count(fragment);
        case ARRIVED, ABANDONED -> {}
      }
    }

    private void count(SentFragment fragment) {
      fragment.become(SentFragment.State.ARRIVED);
      acknowledged += fragment.size();
      highestNew = fragment.tsn();
      // Karn: what was sent twice tells nothing. One measurement for each round trip.
      if (fragment.transmissions() == 1 && fragment.tsn() >= firstTimedTsn) {
        roundTripNs = nowNs - fragment.sentNs();
        firstTimedTsn = nextTsn;
      }
    }
  }
}
