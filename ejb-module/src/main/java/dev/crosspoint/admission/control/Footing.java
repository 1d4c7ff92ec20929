package dev.crosspoint.admission.control;

import dev.crosspoint.contract.QualityLimit;
import java.util.OptionalLong;

/**
 * Where a server stands on the ladder.
 *
 * @param quality what of quality is given up
 * @param doorOpen whether newcomers are let in, and calls may begin to use the SFU
 * @param qualitySinceNs when the quality was changed last; before the first change, long ago
 * @param calmSinceNs since when the load has been low enough for more quality
 * @param quietSinceNs since when it has been low enough for newcomers
 * @param restored whether that gave quality back
 * @param patienceNs how long the load has to be low before quality is given back
 */
public record Footing(
    QualityLimit quality,
    boolean doorOpen,
    long qualitySinceNs,
    OptionalLong calmSinceNs,
    OptionalLong quietSinceNs,
    boolean restored,
    long patienceNs) {

  /** The same after a look at the load. */
  Footing seen(boolean open, OptionalLong calm, OptionalLong quiet) {
    return new Footing(quality, open, qualitySinceNs, calm, quiet, restored, patienceNs);
  }

  /** A rung was taken; from now on quality waits so long to be given back. */
  Footing taken(QualityLimit above, long nowNs, long nextPatienceNs) {
    return new Footing(above, doorOpen, nowNs, calmSinceNs, quietSinceNs, false, nextPatienceNs);
  }

  /** Quality was given back; the wait for more begins. */
  Footing restored(QualityLimit below, long nowNs) {
    return new Footing(
        below, doorOpen, nowNs, OptionalLong.of(nowNs), quietSinceNs, true, patienceNs);
  }
}
