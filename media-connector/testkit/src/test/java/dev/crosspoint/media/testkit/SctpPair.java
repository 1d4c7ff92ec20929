package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.SctpAssociation;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpOutput;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two ends of an association with a network between them. */
final class SctpPair {
  final VirtualTime time = new VirtualTime();
  final Counters counters = new Counters();
  final End left;
  final End right;
  private final Random random;

  SctpPair(long seed) {
    this(seed, SctpSettings.standard());
  }

  SctpPair(long seed, SctpSettings settings) {
    random = new Random(seed);
    left = new End(settings);
    right = new End(settings);
    left.towards(right);
    right.towards(left);
    tick();
  }

  /** A pair that is connected. */
  static SctpPair connected(long seed) {
    SctpPair pair = new SctpPair(seed);
    pair.left.association.connect(pair.time.nowNs());
    pair.run(Duration.ofMillis(100));
    return pair;
  }

  void run(Duration duration) {
    time.run(duration);
  }

  void become(NetworkConditions conditions) {
    left.link().become(conditions);
    right.link().become(conditions);
  }

  long dropped(DropReason reason) {
    return counters.snapshot(0, 0).dropped().getOrDefault(reason, 0L);
  }

  private void tick() {
    left.runTimers();
    right.runTimers();
    time.after(Duration.ofMillis(5), this::tick);
  }

  /** One end and its way to the other. */
  final class End implements SctpOutput {
    final SctpSettings settings;
    SctpAssociation association;
    final List<SctpEvent> events = new ArrayList<>();
    int packetsSent;
    private @Nullable SimulatedLink link;

    End(SctpSettings settings) {
      this.settings = settings;
      this.association = new SctpAssociation(settings, this, counters, random);
    }

    /** Loses all it knew, as a process that starts again. */
    void forget() {
      association = new SctpAssociation(settings, this, counters, random);
    }

    private void towards(End other) {
      link =
          new SimulatedLink(
              time, random, packet -> other.association.onPacket(packet, time.nowNs()));
    }

    SimulatedLink link() {
      return Objects.requireNonNull(link);
    }

    private void runTimers() {
      if (association.nextDeadlineNs() <= time.nowNs()) {
        association.onTimeout(time.nowNs());
      }
    }

    @Override
    public void send(ByteBuffer packet) {
      packetsSent++;
      link().send(packet);
    }

    @Override
    public void event(SctpEvent event) {
      events.add(event);
    }

    List<SctpMessage> received() {
      return events.stream()
          .flatMap(event ->
              event instanceof SctpEvent.Received(SctpMessage message)
                  ? Stream.of(message)
                  : Stream.empty())
          .toList();
    }
  }
}
