package dev.crosspoint.call.control;

import java.time.Duration;

/**
 * How it is found out in advance who can reach the SFU.
 *
 * @param inAdvance whether those who talk directly keep a path to it ready, so that a group call
 *     finds it connected, and one that cannot work is known before the third person comes
 * @param again how long after a failure somebody looks again
 */
public record ProbeSettings(boolean inAdvance, Duration again) {}
