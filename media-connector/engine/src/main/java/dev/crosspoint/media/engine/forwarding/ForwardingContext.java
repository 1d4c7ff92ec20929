package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.counters.Counters;
import java.util.random.RandomGenerator;

/** What everything that forwards needs. */
public record ForwardingContext(
    Counters counters,
    RandomGenerator random,
    ForwardingListener listener,
    CurrentCap cap,
    long keyFrameIntervalNs,
    long nackRetryNs,
    int historyPackets) {}
