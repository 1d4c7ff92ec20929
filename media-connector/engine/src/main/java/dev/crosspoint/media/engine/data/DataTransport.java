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
import org.jspecify.annotations.Nullable;

/**
 * The data channels of one client, over one SCTP association. The client asks for it; until then
 * there is none, and what its consumers would be sent is dropped and counted, on reliable channels
 * too: they begin with the association. When it is over or the client begins it again, consumers
 * end, because nobody knows how much of what was on its way arrived.
 */
public final class DataTransport {
  private static final SctpSettings SETTINGS = SctpSettings.standard();

  /** A client may use the first stream by itself, to connect before there is anything to send. */
  private static final int FIRST_STREAM = 1;

  private final Consumer<ByteBuffer> packets;
  private final LongConsumer wakeAt;
  private final Counters counters;
  private final RandomGenerator random;
  private final Map<Integer, DataProducer> producers = new HashMap<>();
  private final Map<Integer, DataConsumer> consumers = new HashMap<>();

  /** Streams that this side has ended, and the client does not know yet. */
  private final Set<Integer> ending = new HashSet<>();

  /** Streams that the client is expected to end, because this side has. */
  private final Set<Integer> awaited = new HashSet<>();

  /** Streams of which the association hears at the next timeout, which brings the time. */
  private final Set<Integer> toReset = new LinkedHashSet<>();

  /** Made for the first packet: most clients never send one. */
  private @Nullable SctpAssociation association;

  /** Streams that this side may send on; as many as possible while there is no association. */
  private int outgoingStreams = SETTINGS.streams();

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
    this.packets = packets;
    this.wakeAt = wakeAt;
    this.counters = counters;
    this.random = random;
  }

  /** What a client may count on. */
  public static SctpSettings settings() {
    return SETTINGS;
  }

  /** Takes an SCTP packet that came over DTLS. */
  public void onPacket(ByteBuffer packet, long now) {
    nowNs = now;
    SctpAssociation known = association;
    if (known == null) {
      known = new SctpAssociation(SETTINGS, new Output(), counters, random);
      association = known;
    }
    known.onPacket(packet, now);
    wakeAt.accept(known.nextDeadlineNs());
  }

  public long nextDeadlineNs() {
    SctpAssociation known = association;
    if (known == null) {
      return Long.MAX_VALUE;
    }
    return toReset.isEmpty() ? known.nextDeadlineNs() : nowNs;
  }

  /** Does what is due. */
  public void onTimeout(long now) {
    nowNs = now;
    SctpAssociation known = association;
    if (known == null) {
      return;
    }
    if (!toReset.isEmpty()) {
      List<Integer> due = List.copyOf(toReset);
      toReset.clear();
      due.forEach(streamId -> known.resetStream(streamId, now));
    }
    if (known.nextDeadlineNs() <= now) {
      known.onTimeout(now);
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

  /** A stream that nothing uses and the client takes; negative when there is none. */
  int freeStream() {
    for (int streamId = FIRST_STREAM; streamId < outgoingStreams; streamId++) {
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
    return switch (offer(message, reliability)) {
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

  private SendResult offer(SctpMessage message, Reliability reliability) {
    SctpAssociation known = association;
    if (known == null) {
      return SendResult.NOT_CONNECTED;
    }
    SendResult result = known.send(message, reliability, nowNs);
    wakeAt.accept(known.nextDeadlineNs());
    return result;
  }

  /** Ends a stream, so that the client's channel closes and its number can be used again. */
  void endStream(int streamId) {
    SctpAssociation known = association;
    if (known != null && known.state() == SctpState.ESTABLISHED) {
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
    if (DataChannelOpen.isOpen(message.payload())) {
      SctpMessage answer =
          new SctpMessage(
              message.streamId(),
              DataChannelOpen.PROTOCOL,
              false,
              DataChannelOpen.acknowledgement());
      offer(answer, new Reliability.Reliable());
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

  /**
   * The association begins, or is over.
   *
   * @param kept consumers on streams below this go on, the others end
   * @param streams what this side may send on from now on
   */
  private void beginAnew(int kept, int streams) {
    List.copyOf(consumers.values()).stream()
        .filter(consumer -> consumer.streamId() >= kept)
        .forEach(DataConsumer::end);
    ending.clear();
    awaited.clear();
    toReset.clear();
    outgoingStreams = streams;
  }

  /** What the association says. */
  private final class Output implements SctpOutput {
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
        case SctpEvent.Connected(int streams) -> beginAnew(streams, streams);
        case SctpEvent.Restarted _, SctpEvent.Closed _ -> beginAnew(0, SETTINGS.streams());
      }
    }
  }
}
