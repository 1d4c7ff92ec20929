package dev.crosspoint.media.engine.data;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpAssociation;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpOutput;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import dev.crosspoint.media.engine.sctp.SctpState;
import dev.crosspoint.media.engine.sctp.SendResult;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The data channels of one client, over one SCTP association. The client asks for it; until then
 * there is none.
 */
public final class DataTransport {
  private static final SctpSettings SETTINGS = SctpSettings.standard();

  /** A client may use the first stream by itself, to connect before there is anything to send. */
  private static final int FIRST_STREAM = 1;

  private final SctpAssociation association;
  private final Counters counters;
  private final LongConsumer wakeAt;
  private final Map<Integer, DataProducer> producers = new HashMap<>();
  private final Map<Integer, DataConsumer> consumers = new HashMap<>();

  /** Streams that this side has ended, and the client does not know yet. */
  private final Set<Integer> ending = new HashSet<>();

  /** Streams that the client is expected to end, because this side has. */
  private final Set<Integer> awaited = new HashSet<>();

  /** Streams of which the association hears at the next timeout, which brings the time. */
  private final Set<Integer> toReset = new LinkedHashSet<>();

  /** The time of the last call that told it. */
  private long nowNs;

  /**
   * @param packets takes SCTP packets to be sent over DTLS, between position and limit, valid
   *     during the call
   * @param wakeAt is told when {@link #onTimeout} should be called
   */
  public DataTransport(
      Consumer<ByteBuffer> packets,
      LongConsumer wakeAt,
      Counters counters,
      RandomGenerator random) {
    this.counters = counters;
    this.wakeAt = wakeAt;
    this.association = new SctpAssociation(SETTINGS, new Output(packets), counters, random);
  }

  /** What a client may count on. */
  public static SctpSettings settings() {
    return SETTINGS;
  }

  /** Takes an SCTP packet that came over DTLS. */
  public void onPacket(ByteBuffer packet, long now) {
    nowNs = now;
    association.onPacket(packet, now);
    wakeAt.accept(association.nextDeadlineNs());
  }

  public long nextDeadlineNs() {
    return toReset.isEmpty() ? association.nextDeadlineNs() : nowNs;
  }

  /** Does what is due. */
  public void onTimeout(long now) {
    nowNs = now;
    if (!toReset.isEmpty()) {
      List<Integer> due = List.copyOf(toReset);
      toReset.clear();
      due.forEach(streamId -> association.resetStream(streamId, now));
    }
    if (association.nextDeadlineNs() <= now) {
      association.onTimeout(now);
    }
  }

  /** Takes a producer; false when its stream is taken, or none. */
  boolean add(DataProducer producer) {
    int streamId = producer.parameters().streamId();
    return streamId >= 0
        && streamId < SETTINGS.streams()
        && !consumers.containsKey(streamId)
        && producers.putIfAbsent(streamId, producer) == null;
  }

  void remove(DataProducer producer) {
    producers.remove(producer.parameters().streamId(), producer);
  }

  /** A stream that nothing uses; negative when there is none. */
  int freeStream() {
    for (int streamId = FIRST_STREAM; streamId < SETTINGS.streams(); streamId++) {
      if (!consumers.containsKey(streamId)
          && !producers.containsKey(streamId)
          && !ending.contains(streamId)
          && !awaited.contains(streamId)) {
        return streamId;
      }
    }
    return -1;
  }

  void add(DataConsumer consumer) {
    consumers.put(consumer.streamId(), consumer);
  }

  void remove(DataConsumer consumer) {
    consumers.remove(consumer.streamId(), consumer);
  }

  /**
   * Sends a message, or drops it.
   *
   * @return false when a message that must not be lost was: nothing after it makes sense
   */
  boolean send(SctpMessage message, Reliability reliability, long now) {
    nowNs = now;
    SendResult result = association.send(message, reliability, now);
    wakeAt.accept(association.nextDeadlineNs());
    return switch (result) {
      case ACCEPTED -> true;
      case BUFFER_FULL -> {
        counters.dropped(DropReason.DATA_BUFFER_FULL);
        yield !(reliability instanceof Reliability.Reliable);
      }
      case NOT_CONNECTED, NO_SUCH_STREAM, STREAM_CLOSING, WRONG_LENGTH -> {
        counters.dropped(DropReason.DATA_NOT_CONNECTED);
        yield true;
      }
    };
  }

  /** Ends a stream, so that the client's channel closes and its number can be used again. */
  void endStream(int streamId) {
    if (association.state() == SctpState.ESTABLISHED) {
      ending.add(streamId);
      awaited.add(streamId);
      toReset.add(streamId);
      wakeAt.accept(nowNs);
    }
  }

  private void onMessage(SctpMessage message) {
    if (message.protocol() == DataChannelOpen.PROTOCOL) {
      onChannelProtocol(message);
      return;
    }
    DataProducer producer = producers.get(message.streamId());
    if (producer == null) {
      counters.dropped(DropReason.DATA_UNKNOWN_STREAM);
    } else {
      producer.onMessage(message, nowNs);
    }
  }

  /**
   * Lets a channel open that was not negotiated; a producer has to name its stream all the same.
   * This side opens none, so nothing else can be meant.
   */
  private void onChannelProtocol(SctpMessage message) {
    if (DataChannelOpen.parse(message.payload()).isPresent()) {
      SctpMessage answer =
          new SctpMessage(
              message.streamId(),
              DataChannelOpen.PROTOCOL,
              false,
              DataChannelOpen.acknowledgement());
      association.send(answer, new Reliability.Reliable(), nowNs);
    } else {
      counters.dropped(DropReason.SCTP_UNEXPECTED);
    }
  }

  /** A closed channel is closed in both directions (RFC 8831, 6.7). */
  private void onStreamsEnded(List<Integer> streamIds) {
    for (int streamId : streamIds.isEmpty() ? streamsInUse() : streamIds) {
      DataConsumer consumer = consumers.get(streamId);
      if (consumer != null) {
        consumer.end();
      } else if (!awaited.contains(streamId)) {
        endStream(streamId);
      }
      awaited.remove(streamId);
    }
  }

  private List<Integer> streamsInUse() {
    Set<Integer> all = new HashSet<>(consumers.keySet());
    all.addAll(producers.keySet());
    all.addAll(awaited);
    return List.copyOf(all);
  }

  private void beginAnew() {
    ending.clear();
    awaited.clear();
    toReset.clear();
  }

  /** What the association says. */
  private final class Output implements SctpOutput {
    private final Consumer<ByteBuffer> packets;

    Output(Consumer<ByteBuffer> packets) {
      this.packets = packets;
    }

    @Override
    public void send(ByteBuffer packet) {
      packets.accept(packet);
    }

    @Override
    public void event(SctpEvent event) {
      switch (event) {
        case SctpEvent.Received(SctpMessage message) -> onMessage(message);
        case SctpEvent.StreamsEnded(List<Integer> streamIds) -> onStreamsEnded(streamIds);
        case SctpEvent.StreamsReset(List<Integer> streamIds) -> streamIds.forEach(ending::remove);
        case SctpEvent.Connected _, SctpEvent.Restarted _, SctpEvent.Closed _ -> beginAnew();
      }
    }
  }
}
