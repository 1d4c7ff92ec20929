package dev.crosspoint.web.signaling;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What sockets and sessions share.
 *
 * @param executor runs requests; its threads may block
 */
record SignalingContext(
    SignalingSettings settings,
    SignalingCodec codec,
    SignalingMonitor monitor,
    InstantSource clock,
    Executor executor) {}
