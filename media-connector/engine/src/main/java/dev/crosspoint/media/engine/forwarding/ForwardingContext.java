package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.counters.Counters;
import java.util.random.RandomGenerator;

/**
 * What everything that forwards needs.
 *
 * @param alarms when the timers of each router are due
 * @param header of the packet that was written last: it changes with every packet
 */
public record ForwardingContext(
    Counters counters,
    RandomGenerator random,
    ForwardingListener listener,
    Alarms<Router> alarms,
    CurrentCap cap,
    WrittenHeader header,
    long keyFrameIntervalNs,
    long nackRetryNs,
    int historyPackets) {}
