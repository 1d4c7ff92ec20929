package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * What all transports of an engine share.
 *
 * @param alarms when the timers of each are due
 * @param scratch one outgoing packet at a time
 */
public record TransportContext(
    Counters counters,
    TransportOutput output,
    Alarms<MediaTransport> alarms,
    DatagramDemux demux,
    SrtpCryptoProvider crypto,
    RandomGenerator random,
    ByteBuffer scratch,
    long iceTimeoutNs,
    long handshakeTimeoutNs,
    long rtcpIntervalNs,
    long transportCcIntervalNs) {}
