package dev.crosspoint.admission.boundary;

import dev.crosspoint.admission.entity.SfuFlag;
import java.time.Instant;
import java.util.Optional;

/**
 * The SFU flag, and what uses the SFU of the server that was asked.
 *
 * @param changedBy subject of the administrator who changed it; empty as long as nobody has
 * @param changedAt when
 * @param calls how many calls have a place
 * @param places how many may have one
 */
public record SfuFlagView(
    SfuFlag flag, Optional<String> changedBy, Optional<Instant> changedAt, int calls, int places) {}
