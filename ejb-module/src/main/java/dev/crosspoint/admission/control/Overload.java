package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.LoadCause;
import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.log.CallLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What this server gives up for its load: remembers where it stands on the {@link LoadLadder}, and
 * has it carried out by the gate, the door and whoever follows.
 */
@Singleton
public class Overload {
  private final LoadThresholds thresholds;
  private final LoadLadder ladder;
  private final SfuGate gate;
  private final Door door;
  private final MediaLoad media;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private volatile Standing standing = new Standing(Load.NONE, QualityLimit.NONE, true, Set.of());
  private volatile Optional<Footing> footing = Optional.empty();

  /**
   * Where the server stands.
   *
   * @param load as of the last look
   * @param quality what of quality is given up
   * @param doorOpen whether newcomers are let in
   * @param causes what is too short for everything to be given back
   */
  public record Standing(Load load, QualityLimit quality, boolean doorOpen, Set<LoadCause> causes) {
    public Standing {
      causes = Set.copyOf(causes);
    }
  }

  @Inject
  public Overload(LoadSettings settings, SfuGate gate, Door door, MediaLoad media) {
    this.thresholds = settings.thresholds();
    this.ladder = new LoadLadder(thresholds);
    this.gate = gate;
    this.door = door;
    this.media = media;
  }

  /** Has somebody told, on the thread that looked, when quality was given up or given back. */
  public void onChange(Runnable follower) {
    followers.add(follower);
  }

  /** Where the server stands now. */
  public Standing standing() {
    return standing;
  }

  /** What of quality is given up now. */
  public QualityLimit quality() {
    return standing.quality();
  }

  /** The line of newcomers. */
  public Door door() {
    return door;
  }

  /**
   * Goes by a look at the load. Called by one thread at a time, about once a second.
   *
   * @param nowNs monotonic
   */
  public void follow(Load load, long nowNs) {
    Footing before = footing.orElseGet(() -> ladder.start(nowNs));
    Footing now = ladder.next(before, load.highest(), nowNs);
    standing = new Standing(load, now.quality(), now.doorOpen(), causes(now, load));
    boolean qualityChanged = now.quality() != before.quality();
    if (qualityChanged || now.doorOpen() != before.doorOpen()) {
      log(now, load);
    }
    gate.setOverloaded(!now.doorOpen());
    door.turn(now.doorOpen());
    // An engine that was started anew knows of no limit: it is told of one again and again.
    if (qualityChanged || now.quality() != QualityLimit.NONE) {
      media.limit(now.quality());
    }
    if (qualityChanged) {
      followers.forEach(Runnable::run);
    }
    footing = Optional.of(now); // last: a change that was not told to all is told at the next look
  }

  private static void log(Footing now, Load load) {
    CallLog.LOG.loadRung(
        now.quality(),
        now.doorOpen(),
        Math.round(load.cpu()),
        Math.round(load.loop()),
        Math.round(load.memory()));
  }

  /** Nothing is to blame while nothing is given up. */
  private Set<LoadCause> causes(Footing now, Load load) {
    return now.quality() == QualityLimit.NONE && now.doorOpen()
        ? Set.of()
        : load.causesAbove(thresholds.restore());
  }
}
