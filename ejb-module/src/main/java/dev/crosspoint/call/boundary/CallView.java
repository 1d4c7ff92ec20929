package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TopologyMode;
import java.time.Instant;

/** A call as the doors show it. */
public record CallView(
    String callId, String name, Instant createdAt, CallStatus status, TopologyMode mode) {}
