package dev.crosspoint.call.control;

import java.time.Duration;

/**
 * How it is found out in advance who can reach the SFU.
 *
 * @param inAdvance whether those who talk directly look once, so that a group call that cannot work
 *     is known before the third person comes
 * @param again how long after a failure somebody looks again
 */
public record ProbeSettings(boolean inAdvance, Duration again) {}
