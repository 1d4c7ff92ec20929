package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.AdmissionArbiter;
import dev.crosspoint.admission.control.Bans;
import dev.crosspoint.admission.control.Overload;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.contract.IceServer;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.control.MediaGateway;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.transition.control.TransitionMachine;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * What every running call of a server works with.
 *
 * @param capacity how many people one call may have
 * @param sfu which calls may use the SFU
 * @param arbiter who is let in
 * @param bans who is kept out
 * @param overload what is given up under load
 * @param speakers what routers do for speakers
 * @param node this server, as the owner of calls and the place for routers
 * @param lifetimes how long a call stays open in which nobody talks to anybody
 * @param leased whether this server holds its lease
 * @param threads may block
 */
record CallTools(
    TransitionMachine machine,
    CallStore store,
    StoryKeeper stories,
    MediaGateway media,
    SfuGate sfu,
    AdmissionArbiter arbiter,
    Bans bans,
    Overload overload,
    Alarms alarms,
    CallMeter meter,
    InstantSource clock,
    CallIds ids,
    Executor threads,
    int capacity,
    ProbeSettings probes,
    SpeakerPolicy speakers,
    NodeSettings node,
    CallLifetimes lifetimes,
    BooleanSupplier leased,
    List<IceServer> iceServers) {}
