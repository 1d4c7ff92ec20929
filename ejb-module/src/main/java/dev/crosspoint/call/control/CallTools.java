package dev.crosspoint.call.control;

import dev.crosspoint.contract.IceServer;
import dev.crosspoint.media.control.MediaGateway;
import dev.crosspoint.transition.control.TransitionMachine;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What every running call of a server works with.
 *
 * @param capacity how many people one call may have
 * @param node this server, as the place for routers
 * @param threads may block
 */
record CallTools(
    TransitionMachine machine,
    CallStore store,
    MediaGateway media,
    Alarms alarms,
    CallMeter meter,
    InstantSource clock,
    CallIds ids,
    Executor threads,
    int capacity,
    ProbeSettings probes,
    String node,
    List<IceServer> iceServers) {}
