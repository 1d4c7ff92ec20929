package dev.crosspoint.admission.control;

import dev.crosspoint.contract.QualityLimit;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a server gives up under load: a pure function of where it stands, the load and the time.
 * Quality comes before people, and newcomers before those inside. Quality is given up and returned
 * one rung at a time; the door is closed at once. What was given up returns only when the load has
 * stayed low for a while, so that noise does not make it flap. Where the load was low only because
 * of what was given up, and is back soon after, that while becomes twice as long each time.
 */
public final class LoadLadder {
  /** A rung that is taken again within so many times {@link LoadThresholds#calm} was needed. */
  private static final int SOON = 4;

  /** The longest wait is so many times {@link LoadThresholds#calm}. */
  private static final int MOST_PATIENT = 32;

  private final LoadThresholds thresholds;

  public LoadLadder(LoadThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Nothing is given up, and the first rung may be taken at once. */
  public Footing start(long nowNs) {
    return new Footing(
        QualityLimit.NONE,
        true,
        nowNs - thresholds.dwell().toNanos(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        false,
        calmNs());
  }

  /**
   * Where the server stands after a look at its load.
   *
   * @param load in percent
   * @param nowNs monotonic
   */
  public Footing next(Footing from, double load, long nowNs) {
    OptionalLong quiet = since(load < thresholds.readmit(), from.quietSinceNs(), nowNs);
    boolean doorOpen =
        from.doorOpen() ? load <= thresholds.queue() : lasted(quiet, calmNs(), nowNs);
    OptionalLong calm = since(load < thresholds.restore(), from.calmSinceNs(), nowNs);
    Footing seen = from.seen(doorOpen, calm, quiet);
    if (isDue(from, load, nowNs)) {
      return seen.taken(above(from.quality()), nowNs, patienceAfter(from, nowNs));
    }
    if (from.quality() != QualityLimit.NONE && lasted(calm, from.patienceNs(), nowNs)) {
      return seen.restored(below(from.quality()), nowNs);
    }
    return seen;
  }

  /** Who gave back too soon waits longer the next time. */
  private long patienceAfter(Footing from, long nowNs) {
    if (!from.restored()) {
      return from.patienceNs();
    }
    boolean soon = nowNs - from.qualitySinceNs() < SOON * calmNs();
    return soon ? Math.min(2 * from.patienceNs(), MOST_PATIENT * calmNs()) : calmNs();
  }

  private long calmNs() {
    return thresholds.calm().toNanos();
  }

  /** Whether the next rung is to be taken. */
  private boolean isDue(Footing from, double load, long nowNs) {
    return above(from.quality()) != from.quality()
        && load > limit(from.quality())
        && nowNs - from.qualitySinceNs() >= patience(from.quality()).toNanos();
  }

  /** The load above which a rung does not suffice, in percent. */
  private double limit(QualityLimit rung) {
    return switch (rung) {
      case NONE -> thresholds.reduceVideo();
      case VIDEO_REDUCED, SCREENS_LOW, SCREENS_STOPPED -> thresholds.limitScreens();
    };
  }

  /** How long a rung is given to bring relief. */
  private Duration patience(QualityLimit rung) {
    return switch (rung) {
      case NONE, VIDEO_REDUCED, SCREENS_STOPPED -> thresholds.dwell();
      case SCREENS_LOW -> thresholds.screenGrace();
    };
  }

  private static QualityLimit above(QualityLimit rung) {
    return switch (rung) {
      case NONE -> QualityLimit.VIDEO_REDUCED;
      case VIDEO_REDUCED -> QualityLimit.SCREENS_LOW;
      case SCREENS_LOW, SCREENS_STOPPED -> QualityLimit.SCREENS_STOPPED;
    };
  }

  private static QualityLimit below(QualityLimit rung) {
    return switch (rung) {
      case NONE, VIDEO_REDUCED -> QualityLimit.NONE;
      case SCREENS_LOW -> QualityLimit.VIDEO_REDUCED;
      case SCREENS_STOPPED -> QualityLimit.SCREENS_LOW;
    };
  }

  private static OptionalLong since(boolean low, OptionalLong before, long nowNs) {
    return low ? OptionalLong.of(before.orElse(nowNs)) : OptionalLong.empty();
  }

  private static boolean lasted(OptionalLong since, long forNs, long nowNs) {
    return since.isPresent() && nowNs - since.getAsLong() >= forNs;
  }
}
