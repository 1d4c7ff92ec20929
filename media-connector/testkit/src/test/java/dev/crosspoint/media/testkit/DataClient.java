package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.sctp.SctpAssociation;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpOutput;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The SCTP side of a client of a simulated call; DTLS is left out. */
final class DataClient implements SctpOutput {
  final SctpAssociation association;
  final SimulatedLink uplink;
  final SimulatedLink downlink;
  final List<SctpEvent> events = new ArrayList<>();
  final List<SctpMessage> received = new ArrayList<>();
  private final SimulatedCall call;

  /** Connects to a transport that there is. */
  DataClient(SimulatedCall call, String transportId, long seed) {
    this(call, transportId, seed, SctpSettings.standard());
  }

  DataClient(SimulatedCall call, String transportId, long seed, SctpSettings settings) {
    Random random = new Random(seed);
    this.call = call;
    association = new SctpAssociation(settings, this, new Counters(), random);
    uplink =
        new SimulatedLink(call.time(), random, packet -> call.receiveSctp(transportId, packet));
    downlink =
        new SimulatedLink(
            call.time(), random, packet -> association.onPacket(packet, call.nowNs()));
    call.onSctp(transportId, downlink::send);
    association.connect(call.nowNs());
    tick();
    call.run(Duration.ofMillis(100));
  }

  private void tick() {
    if (association.nextDeadlineNs() <= call.nowNs()) {
      association.onTimeout(call.nowNs());
    }
    call.time().after(Duration.ofMillis(5), this::tick);
  }

  @Override
  public void send(ByteBuffer packet) {
    uplink.send(packet);
  }

  @Override
  public void event(SctpEvent event) {
    events.add(event);
    if (event instanceof SctpEvent.Received(SctpMessage message)) {
      received.add(message);
    }
  }
}
