package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.EngineErrorCode;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.data.DataProducerParameters;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One sends on a data channel, the others receive. */
class DataChannelScenarioTest {
  private static final String ROUTER = SimulatedCall.ROUTER;
  private static final int TEXT = 51;
  private static final Reliability RELIABLE = new Reliability.Reliable();
  private static final DataProducerParameters CHAT = new DataProducerParameters(1, true, RELIABLE);

  private final SimulatedCall call = new SimulatedCall(51, SrtpProfile.AEAD_AES_128_GCM);
  private final DataClient ann = join("ann");
  private final DataClient ben = join("ben");
  private final DataClient cid = join("cid");

  @Test
  void what_one_sends_everybody_who_consumes_receives() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int toBen = consume("ben", "ben-chat");
    int toCid = consume("cid", "cid-chat");
    for (int i = 0; i < 50; i++) {
      say(ann, 1, "message " + i);
    }
    call.run(Duration.ofSeconds(5));

    assertThat(ben.received).hasSize(50).startsWith(text(toBen, "message 0"));
    assertThat(cid.received).hasSize(50).endsWith(text(toCid, "message 49"));
    assertThat(ann.received).isEmpty();
  }

  @Test
  void a_bad_network_of_one_loses_nothing_and_holds_up_nobody() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    consume("ben", "ben-chat");
    int toCid = consume("cid", "cid-chat");
    NetworkConditions bad = NetworkConditions.good().withLoss(0.3);
    ben.downlink.become(bad);
    ben.uplink.become(bad);
    for (int i = 0; i < 50; i++) {
      say(ann, 1, "message " + i);
      call.run(Duration.ofMillis(20));
    }
    call.run(Duration.ofMillis(200));
    assertThat(cid.received).hasSize(50).endsWith(text(toCid, "message 49"));

    call.run(Duration.ofMinutes(1));
    assertThat(ben.received.stream().map(SctpMessage::payload).toList())
        .isEqualTo(cid.received.stream().map(SctpMessage::payload).toList());
  }

  @Test
  void who_reads_a_reliable_channel_too_slowly_loses_it_and_learns_so() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int toBen = consume("ben", "ben-chat");
    consume("cid", "cid-chat");
    ben.uplink.passOnly(packet -> false);
    for (int i = 0; i < 100; i++) {
      say(ann, 1, "x".repeat(10_000));
      call.run(Duration.ofMillis(50));
    }

    assertThat(call.events()).contains(new EngineEvent.DataConsumerClosed(ROUTER, "ben-chat"));
    assertThat(dropped(call, DropReason.DATA_BUFFER_FULL)).isEqualTo(1);
    assertThat(cid.received).hasSize(100);

    ben.uplink.passOnly(packet -> true);
    call.run(Duration.ofSeconds(20));
    assertThat(ben.events).endsWith(new SctpEvent.StreamsEnded(List.of(toBen)));
  }

  @Test
  void who_reads_an_unreliable_channel_too_slowly_loses_messages() {
    DataProducerParameters lossy =
        new DataProducerParameters(1, false, new Reliability.MaxLifetime(1_000_000_000_000L));
    call.engine().data().produce(ROUTER, "ann", "state", lossy);
    call.engine().data().consume(ROUTER, "ben", "ben-state", "state");
    ben.uplink.passOnly(packet -> false);
    for (int i = 0; i < 100; i++) {
      say(ann, 1, "x".repeat(10_000));
      call.run(Duration.ofMillis(50));
    }

    assertThat(dropped(call, DropReason.DATA_BUFFER_FULL)).isBetween(40L, 60L);
    assertThat(call.events()).noneMatch(EngineEvent.DataConsumerClosed.class::isInstance);
  }

  @Test
  void a_channel_that_its_client_closes_ends_and_its_number_is_free_when_both_sides_know() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int first = consume("ben", "ben-chat");
    ben.association.resetStream(first, call.nowNs());
    call.run(Duration.ofSeconds(1));

    assertThat(call.events()).contains(new EngineEvent.DataConsumerClosed(ROUTER, "ben-chat"));
    assertThat(ben.events).contains(new SctpEvent.StreamsEnded(List.of(first)));
    assertThat(consume("ben", "ben-again")).isEqualTo(first);
    say(ann, 1, "again");
    call.run(Duration.ofSeconds(1));
    assertThat(ben.received).containsExactly(text(first, "again"));
  }

  @Test
  void a_consumer_that_the_server_closes_keeps_its_number_until_the_client_has_closed_too() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int first = consume("ben", "ben-chat");
    call.engine().data().closeConsumer(ROUTER, "ben-chat");
    call.run(Duration.ofSeconds(1));
    assertThat(ben.events).contains(new SctpEvent.StreamsEnded(List.of(first)));
    assertThat(consume("ben", "ben-second")).isNotEqualTo(first);

    ben.association.resetStream(first, call.nowNs());
    call.run(Duration.ofSeconds(1));
    assertThat(consume("ben", "ben-third")).isEqualTo(first);
    assertThat(call.events()).noneMatch(EngineEvent.DataConsumerClosed.class::isInstance);
  }

  @Test
  void consumers_end_with_their_producer_and_with_its_transport() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    consume("ben", "ben-chat");
    call.engine().data().closeProducer(ROUTER, "chat");
    assertThat(call.events()).contains(new EngineEvent.DataConsumerClosed(ROUTER, "ben-chat"));

    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    consume("cid", "cid-chat");
    call.engine().closeTransport(ROUTER, "ann", call.nowNs());
    assertThat(call.events()).contains(new EngineEvent.DataConsumerClosed(ROUTER, "cid-chat"));
  }

  @Test
  void channels_end_with_the_association_and_may_be_made_again() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int toBen = consume("ben", "ben-chat");
    consume("cid", "cid-chat");
    ben.association.abort(call.nowNs());
    call.run(Duration.ofSeconds(1));
    assertThat(closedConsumers()).containsExactly("ben-chat");

    ben.association.connect(call.nowNs());
    assertThat(consume("ben", "ben-again")).isEqualTo(toBen);
    call.run(Duration.ofSeconds(1));
    say(ann, 1, "again");
    call.run(Duration.ofSeconds(1));
    assertThat(ben.received).containsExactly(text(toBen, "again"));
    assertThat(closedConsumers()).containsExactly("ben-chat");
  }

  @Test
  void channels_end_when_the_client_begins_the_association_again() {
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int toBen = consume("ben", "ben-chat");
    DataClient reborn = new DataClient(call, "ben", 7);
    assertThat(closedConsumers()).containsExactly("ben-chat");

    assertThat(consume("ben", "ben-again")).isEqualTo(toBen);
    say(ann, 1, "again");
    call.run(Duration.ofSeconds(1));
    assertThat(reborn.received).containsExactly(text(toBen, "again"));
  }

  @Test
  void a_client_is_sent_no_more_streams_than_it_takes() {
    call.engine().createTransport(ROUTER, "dan", call.nowNs());
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    int first = consume("dan", "dan-first");
    consume("dan", "dan-second");
    DataClient dan =
        new DataClient(
            call, "dan", 7, new SctpSettings(5_000, 2, 1_144, 262_144, 524_288, 524_288));
    assertThat(closedConsumers()).containsExactly("dan-second");
    assertRefused(EngineErrorCode.CANNOT_CONSUME, () -> consume("dan", "dan-third"));

    say(ann, 1, "hello");
    call.run(Duration.ofSeconds(1));
    assertThat(dan.received).containsExactly(text(first, "hello"));
  }

  @Test
  void messages_without_a_producer_are_dropped_and_counted() {
    say(ann, 9, "hello?");
    call.run(Duration.ofSeconds(1));

    assertThat(dropped(call, DropReason.DATA_UNKNOWN_STREAM)).isEqualTo(1);
  }

  @Test
  void messages_for_somebody_who_is_not_connected_are_dropped_and_counted() {
    call.engine().createTransport(ROUTER, "dan", call.nowNs());
    call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
    consume("dan", "dan-chat");
    say(ann, 1, "hello?");
    call.run(Duration.ofSeconds(1));

    assertThat(dropped(call, DropReason.DATA_NOT_CONNECTED)).isEqualTo(1);
  }

  @Test
  void a_channel_that_is_opened_in_band_is_let_open() {
    byte[] open =
        "\u0003\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0004\u0000\u0000chat"
            .getBytes(UTF_8);
    ann.association.send(
        new SctpMessage(4, 50, false, ByteBuffer.wrap(open)), RELIABLE, call.nowNs());
    call.run(Duration.ofSeconds(1));

    assertThat(ann.received)
        .containsExactly(new SctpMessage(4, 50, false, ByteBuffer.wrap(new byte[] {2})));
  }

  @Test
  void repeated_commands_change_nothing_and_contradicting_ones_are_refused() {
    for (int i = 0; i < 2; i++) {
      call.engine().data().produce(ROUTER, "ann", "chat", CHAT);
      assertThat(consume("ben", "ben-chat")).isEqualTo(1);
    }
    assertRefused(
        EngineErrorCode.ID_IN_USE, () -> call.engine().data().produce(ROUTER, "ben", "chat", CHAT));
    assertRefused(
        EngineErrorCode.ID_IN_USE,
        () -> call.engine().data().produce(ROUTER, "ann", "other", CHAT));
    assertRefused(EngineErrorCode.ID_IN_USE, () -> consume("cid", "ben-chat"));
    assertRefused(
        EngineErrorCode.DATA_PRODUCER_NOT_FOUND,
        () -> call.engine().data().consume(ROUTER, "ben", "x", "none"));
    for (int i = 0; i < 2; i++) {
      call.engine().data().closeConsumer(ROUTER, "ben-chat");
      call.engine().data().closeProducer(ROUTER, "chat");
    }
  }

  private DataClient join(String name) {
    call.join(name);
    return new DataClient(call, name, name.hashCode());
  }

  private int consume(String transportId, String consumerId) {
    return call.engine().data().consume(ROUTER, transportId, consumerId, "chat");
  }

  private List<String> closedConsumers() {
    return call.events().stream()
        .flatMap(event ->
            event instanceof EngineEvent.DataConsumerClosed(String _, String consumerId)
                ? Stream.of(consumerId)
                : Stream.empty())
        .toList();
  }

  private void say(DataClient client, int streamId, String words) {
    client.association.send(text(streamId, words), RELIABLE, call.nowNs());
  }

  private static SctpMessage text(int streamId, String words) {
    return new SctpMessage(streamId, TEXT, false, ByteBuffer.wrap(words.getBytes(UTF_8)));
  }

  private static void assertRefused(EngineErrorCode code, Runnable command) {
    assertThatThrownBy(command::run)
        .isInstanceOfSatisfying(
            EngineException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
