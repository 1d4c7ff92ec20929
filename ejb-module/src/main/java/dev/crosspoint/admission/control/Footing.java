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
 * @param restoredNs when quality was given back last
 * @param patienceNs how long the load has to be low before quality is given back
 */
public record Footing(
    QualityLimit quality,
    boolean doorOpen,
    long qualitySinceNs,
    OptionalLong calmSinceNs,
    OptionalLong quietSinceNs,
    OptionalLong restoredNs,
    long patienceNs) {

  /** The same with another quality, from now on. */
  Footing with(QualityLimit other, long nowNs) {
    return new Footing(other, doorOpen, nowNs, calmSinceNs, quietSinceNs, restoredNs, patienceNs);
  }

  /** The same after a look at the load. */
  Footing seen(boolean open, OptionalLong calm, OptionalLong quiet) {
    return new Footing(quality, open, qualitySinceNs, calm, quiet, restoredNs, patienceNs);
  }

  /** The same with more patience, or less; what was given back before is of no more account. */
  Footing patient(long nextNs) {
    return new Footing(
        quality, doorOpen, qualitySinceNs, calmSinceNs, quietSinceNs, OptionalLong.empty(), nextNs);
  }

  /** Quality was given back; the wait for more begins. */
  Footing restored(long nowNs) {
    return new Footing(
        quality,
        doorOpen,
        qualitySinceNs,
        OptionalLong.of(nowNs),
        quietSinceNs,
        OptionalLong.of(nowNs),
        patienceNs);
  }
}
