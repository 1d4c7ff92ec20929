package dev.crosspoint.media.engine.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Everybody who can speak in a router, and who has the floor. It looks ten times a second while
 * somebody is audible, and sleeps when all are silent.
 *
 * <p>Levels are what clients say. A client that lies wins at most what one who talks all the time
 * would have: the floor while nobody else stands out more, one place among the loudest, and one
 * among the cameras.
 */
public final class Floor {
  private static final long LOOK_NS = 100_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  private final FloorListener listener;
  private final LongConsumer wakeAt;
  private final List<Speaker> speakers = new ArrayList<>();
  private final DominantSpeaker dominant = new DominantSpeaker();
  private final LoudestSpeakers loudest;
  private long deadlineNs = NEVER;
  private long arrivals;
  private long turns;

  /**
   * @param wakeAt is told when {@link #onTimeout} should be called
   */
  public Floor(SpeakerPolicy policy, FloorListener listener, LongConsumer wakeAt) {
    this.listener = listener;
    this.wakeAt = wakeAt;
    this.loudest = new LoudestSpeakers(policy.loudestAudio());
  }

  /** A client that begins to send. */
  public Speaker enter() {
    Speaker speaker = new Speaker(--arrivals);
    speakers.add(speaker);
    return speaker;
  }

  /** A client that sends nothing any more. */
  public void leave(Speaker speaker) {
    speakers.remove(speaker);
    loudest.leave(speaker);
    if (dominant.leave(speaker)) {
      listener.dominantSpeakerChanged(Optional.empty());
    }
  }

  /**
   * A stream in which the speaker tells levels.
   *
   * @param extensionId under which its packets carry them
   */
  public Voice voice(Speaker speaker, String producerId, int extensionId) {
    return new Voice(this, speaker, producerId, extensionId);
  }

  void onLevel(Speaker speaker, long nowNs) {
    loudest.onLevel(speaker, nowNs);
    if (deadlineNs == NEVER && speaker.audible(1) > 0) {
      deadlineNs = nowNs + LOOK_NS;
      wakeAt.accept(deadlineNs);
    }
  }

  /** Looks who speaks, when it is time to; tells anew when that is. */
  public void onTimeout(long nowNs) {
    if (nowNs >= deadlineNs) {
      deadlineNs = look(nowNs) ? nowNs + LOOK_NS : NEVER;
    }
    if (deadlineNs != NEVER) {
      wakeAt.accept(deadlineNs);
    }
  }

  /** Whether anybody is audible. */
  private boolean look(long nowNs) {
    boolean anybody = false;
    for (int i = 0; i < speakers.size(); i++) {
      Speaker speaker = speakers.get(i);
      speaker.advance(nowNs);
      anybody |= speaker.audible(Long.SIZE) > 0;
    }
    Speaker elected = dominant.elect(speakers);
    if (elected != null) {
      elected.takeTurn(++turns);
      listener.dominantSpeakerChanged(Optional.of(elected.producerId()));
    }
    return anybody;
  }
}
