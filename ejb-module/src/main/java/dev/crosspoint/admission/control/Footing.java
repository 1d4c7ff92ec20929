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
 */
public record Footing(
    QualityLimit quality,
    boolean doorOpen,
    long qualitySinceNs,
    OptionalLong calmSinceNs,
    OptionalLong quietSinceNs) {}
