package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.CloseReason;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpState;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a peer with keys may try. */
class HostileSctpTest {
  private final RawSctpPeer peer = RawSctpPeer.connected(1);

  @Test
  void messages_that_wait_for_one_that_never_comes_fill_a_bounded_buffer() {
    int sent = 0;
    while (peer.association.state() == SctpState.ESTABLISHED && sent < 10_000) {
      peer.say(RawSctpPeer.data(RawSctpPeer.TSN + sent, 3, 1 + sent, 1_000));
      sent++;
    }

    assertThat(sent).isLessThan(800);
    assertThat(peer.events).endsWith(new SctpEvent.Closed(CloseReason.PEER_VIOLATION));
    assertThat(peer.heard).endsWith(abort(Parameter.OUT_OF_RESOURCE));
  }

  @Test
  void tiny_pieces_are_not_kept_for_free() {
    int sent = 0;
    while (peer.dropped(DropReason.SCTP_NO_ROOM) == 0 && sent < 16_000) {
      peer.say(RawSctpPeer.piece(RawSctpPeer.TSN + 2 + 2 * (sent % 8_150), 3, 0, 1, true, false));
      sent++;
    }

    assertThat(sent).isLessThan(8_100);
    assertThat(peer.lastSack().window()).isLessThan(1_000);
    assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
  }

  @Test
  void a_message_that_does_not_end_is_cut_off() {
    int sent = 0;
    while (peer.association.state() == SctpState.ESTABLISHED && sent < 10_000) {
      peer.say(RawSctpPeer.piece(RawSctpPeer.TSN + sent, 0, 0, 1_000, sent == 0, false));
      sent++;
    }

    assertThat(sent).isEqualTo(263);
    assertThat(peer.events).endsWith(new SctpEvent.Closed(CloseReason.PEER_VIOLATION));
  }

  @Test
  void data_far_ahead_is_not_kept() {
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN + 100_000, 0, 0, 10));

    assertThat(peer.dropped(DropReason.SCTP_NO_ROOM)).isEqualTo(1);
    assertThat(peer.lastSack().gaps()).isEmpty();
  }

  @Test
  void data_that_comes_twice_is_delivered_once_and_told() {
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN, 0, 0, 10));
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN, 0, 0, 10));

    assertThat(peer.events).hasSize(2);
    assertThat(peer.lastSack().duplicates()).containsExactly(RawSctpPeer.TSN);
    assertThat(peer.dropped(DropReason.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void a_second_message_with_the_number_of_another_is_not_delivered() {
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN, 0, 0, 10));
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN + 1, 0, 0, 10));
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN + 2, 0, 5, 10));
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN + 3, 0, 5, 10));

    assertThat(peer.events).hasSize(2);
    assertThat(peer.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(2);
  }

  @Test
  void data_on_a_stream_nobody_agreed_on_is_acknowledged_and_reported() {
    peer.say(RawSctpPeer.data(RawSctpPeer.TSN, 1_024, 0, 10));

    ByteBuffer stream = ByteBuffer.allocate(4).putShort(0, (short) 1_024);
    assertThat(peer.heard)
        .endsWith(
            new Chunk.OperationError(List.of(new Parameter(Parameter.INVALID_STREAM, stream))));
    assertThat(peer.dropped(DropReason.SCTP_UNKNOWN_STREAM)).isEqualTo(1);
    peer.run(Duration.ofSeconds(1));
    assertThat(peer.lastSack().cumulativeTsn()).isEqualTo(RawSctpPeer.TSN);
  }

  private void sendMessage() {
    peer.association.send(
        new SctpMessage(0, 53, false, ByteBuffer.allocate(10)),
        new Reliability.Reliable(),
        peer.nowNs());
  }

  @Test
  void acknowledgements_of_what_was_never_sent_are_dropped() {
    sendMessage();
    int tsn = lastData().tsn();

    peer.say(new Chunk.Sack(tsn + 1, 1_000, List.of(), List.of()));
    peer.say(new Chunk.Sack(tsn - 1, 1_000, List.of(new Chunk.Gap(1, 60_000)), List.of()));

    assertThat(peer.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(2);
    peer.run(Duration.ofSeconds(1));
    assertThat(lastData().tsn()).as("still sent again").isEqualTo(tsn);
    assertThat(data()).hasSize(2);
  }

  @Test
  void of_many_acknowledgements_in_one_packet_the_first_is_taken() {
    int before = ownTsn();
    sendMessage();
    sendMessage();

    Chunk.Sack[] sacks = new Chunk.Sack[100];
    Arrays.fill(sacks, new Chunk.Sack(before + 2, 1_000, List.of(), List.of()));
    sacks[0] = new Chunk.Sack(before + 1, 1_000, List.of(), List.of());
    peer.say(sacks);
    assertThat(peer.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(99);
    peer.run(Duration.ofSeconds(1));
    assertThat(lastData().tsn()).as("sent again").isEqualTo(before + 2);
    assertThat(data()).hasSize(3);

    peer.say(sacks[1]);
    peer.run(Duration.ofSeconds(10));
    assertThat(data()).hasSize(3);
  }

  @Test
  void one_acknowledgement_lets_a_few_packets_go_however_small_the_messages_are() {
    for (int i = 0; i < 4_000; i++) {
      peer.association.send(
          new SctpMessage(0, 53, true, ByteBuffer.allocate(1)),
          new Reliability.Reliable(),
          peer.nowNs());
    }

    int most = 0;
    for (int before = 0; before < peer.heard.size(); ) {
      before = peer.heard.size();
      int packets = peer.packets;
      peer.say(new Chunk.Sack(lastData().tsn(), 100_000, List.of(), List.of()));
      most = Math.max(most, peer.packets - packets);
    }

    assertThat(data()).hasSize(4_000);
    // RFC 9260, 6.1, D: four packets' worth, of which the last may not be full.
    assertThat(most).isBetween(2, 5);
  }

  @Test
  void a_piece_that_arrived_and_is_missing_again_is_sent_again() {
    int before = ownTsn();
    sendMessage();
    sendMessage();
    peer.say(new Chunk.Sack(before, 1_000, List.of(new Chunk.Gap(2, 2)), List.of()));
    peer.say(new Chunk.Sack(before, 1_000, List.of(), List.of()));
    peer.say(new Chunk.Sack(before + 1, 1_000, List.of(), List.of()));
    peer.run(Duration.ofSeconds(1));

    assertThat(lastData().tsn()).isEqualTo(before + 2);
    assertThat(data()).hasSize(3);
  }

  @Test
  void what_has_to_be_alone_in_its_packet_is_not_taken_with_others() {
    Chunk.Init init = RawSctpPeer.init(1, 1, 100_000);
    Chunk sack = new Chunk.Sack(ownTsn(), 1_000, List.of(), List.of());
    Chunk data = RawSctpPeer.data(RawSctpPeer.TSN, 0, 0, 10);
    Chunk[] inits = new Chunk[50];
    Arrays.fill(inits, init);
    inits[0] = sack;
    int heard = peer.heard.size();
    peer.say(inits);
    peer.sayTo(0, init, data);
    peer.say(data, new Chunk.InitAck(init.parameters()));
    peer.say(data, new Chunk.ShutdownComplete(false));

    assertThat(peer.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(4);
    assertThat(peer.heard).hasSize(heard);
    assertThat(peer.events).hasSize(1);
  }

  @Test
  void a_window_of_nothing_is_probed_and_not_flooded() {
    peer.say(new Chunk.Sack(ownTsn(), 0, List.of(), List.of()));
    for (int i = 0; i < 20; i++) {
      peer.association.send(
          new SctpMessage(0, 53, false, ByteBuffer.allocate(1_000)),
          new Reliability.Reliable(),
          peer.nowNs());
    }

    assertThat(data()).hasSize(1);
  }

  @Test
  void what_was_given_up_does_not_take_of_the_peers_room_any_more() {
    peer.say(new Chunk.Sack(ownTsn(), 2_200, List.of(), List.of()));
    for (int i = 0; i < 4; i++) {
      peer.association.send(
          new SctpMessage(0, 53, true, ByteBuffer.allocate(1_000)),
          new Reliability.MaxRetransmits(0),
          peer.nowNs());
    }
    assertThat(data()).hasSize(2);

    peer.run(Duration.ofNanos(peer.association.nextDeadlineNs() - peer.nowNs()));

    assertThat(data()).hasSize(4);
  }

  @Test
  void a_peer_that_says_goodbye_is_sent_no_more_than_it_had_room_for() {
    int before = ownTsn();
    peer.say(new Chunk.Sack(before, 2_200, List.of(), List.of()));
    for (int i = 0; i < 5; i++) {
      peer.association.send(
          new SctpMessage(0, 53, false, ByteBuffer.allocate(1_000)),
          new Reliability.Reliable(),
          peer.nowNs());
    }
    assertThat(data()).hasSize(2);

    peer.say(new Chunk.Shutdown(before + 2));

    assertThat(data()).as("one more, to hear of any room").hasSize(3);
  }

  @Test
  void numbers_may_jump_and_data_goes_on_from_there() {
    int far = RawSctpPeer.TSN + 1_000_000_000;
    peer.say(RawSctpPeer.piece(RawSctpPeer.TSN + 1, 0, 0, 10, false, false));
    peer.say(
        new Chunk.ForwardTsn(
            far, List.of(new Chunk.Skipped(0, 30_000), new Chunk.Skipped(60_000, 1))));
    peer.say(RawSctpPeer.data(far + 1, 0, 30_001, 10));

    assertThat(peer.events).hasSize(2);
    assertThat(peer.lastSack().window()).isEqualTo(524_288);
  }

  @Test
  void an_init_that_cannot_be_is_aborted_and_harms_no_association() {
    peer.sayTo(0, RawSctpPeer.init(0, 1, 100_000));
    peer.sayTo(0, RawSctpPeer.init(1, 0, 100_000));
    peer.sayTo(0, RawSctpPeer.init(1, 1, 100));

    assertThat(peer.heard).endsWith(abort(Parameter.INVALID_PARAMETER));
    assertThat(peer.association.state()).isEqualTo(SctpState.ESTABLISHED);
  }

  @Test
  void an_init_full_of_what_is_not_understood_is_answered_all_the_same() {
    RawSctpPeer chatty = new RawSctpPeer(2);
    Parameter unknown = new Parameter(0xFFFF, ByteBuffer.allocate(96));
    chatty.sayTo(0, RawSctpPeer.init(1, 1, 100_000, Collections.nCopies(15, unknown)));

    assertThat(((Chunk.InitAck) chatty.heard.getLast()).parameters().parameters())
        .filteredOn(parameter -> parameter.type() == Parameter.UNRECOGNIZED_PARAMETER)
        .hasSize(2);
  }

  @Test
  void streams_that_nobody_agreed_on_cannot_be_ended() {
    peer.say(
        new Chunk.Reconfig(
            List.of(RawSctpPeer.endOfStream(RawSctpPeer.TSN, RawSctpPeer.TSN - 1, 1_024))));
    assertThat(peer.events).hasSize(1);

    peer.say(
        new Chunk.Reconfig(
            List.of(RawSctpPeer.endOfStream(RawSctpPeer.TSN + 1, RawSctpPeer.TSN - 1, 1_023))));
    assertThat(peer.events).endsWith(new SctpEvent.StreamsEnded(List.of(1_023)));
  }

  @Test
  void a_cookie_that_was_changed_or_is_old_is_none() {
    RawSctpPeer late = new RawSctpPeer(2);
    late.sayTo(0, RawSctpPeer.init(1, 1, 100_000));
    Chunk.InitAck answer = (Chunk.InitAck) late.heard.getLast();
    int tag = answer.parameters().tag();
    ByteBuffer cookie = answer.parameters().find(Parameter.STATE_COOKIE).orElseThrow().value();
    ByteBuffer changed = ByteBuffer.allocate(cookie.remaining()).put(cookie.duplicate()).flip();
    changed.put(20, (byte) (changed.get(20) + 1));

    late.sayTo(tag, new Chunk.CookieEcho(changed));
    assertThat(late.association.state()).isEqualTo(SctpState.CLOSED);
    assertThat(late.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(1);

    late.run(Duration.ofMinutes(2));
    late.sayTo(tag, new Chunk.CookieEcho(cookie));
    assertThat(late.association.state()).isEqualTo(SctpState.CLOSED);
    assertThat(late.heard.getLast()).isInstanceOf(Chunk.OperationError.class);
  }

  @Test
  void chunks_that_are_not_understood_are_skipped_or_stop_and_are_reported_as_their_number_says() {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    peer.say(new Chunk.Unknown(0xBF, 0, nothing), RawSctpPeer.data(RawSctpPeer.TSN, 0, 0, 10));
    peer.say(new Chunk.Unknown(0x3F, 0, nothing), RawSctpPeer.data(RawSctpPeer.TSN + 1, 0, 1, 10));
    assertThat(peer.events).as("skipped, then stopped").hasSize(2);
    assertThat(peer.heard).noneMatch(Chunk.OperationError.class::isInstance);

    peer.say(new Chunk.Unknown(0x7F, 0, nothing), RawSctpPeer.data(RawSctpPeer.TSN + 1, 0, 1, 10));
    assertThat(peer.events).hasSize(2);
    assertThat(peer.heard.getLast()).isInstanceOf(Chunk.OperationError.class);
  }

  @Test
  void a_heartbeat_is_answered_with_its_own_words() {
    ByteBuffer words = ByteBuffer.allocate(12).putInt(0, 0x0001_000C).putLong(4, -1);
    peer.say(new Chunk.Heartbeat(words));

    assertThat(peer.heard).endsWith(new Chunk.HeartbeatAck(words));
  }

  private List<Chunk.Data> data() {
    return peer.heard.stream()
        .filter(Chunk.Data.class::isInstance)
        .map(Chunk.Data.class::cast)
        .toList();
  }

  private Chunk.Data lastData() {
    return data().getLast();
  }

  /** The number before the first that the association gives. */
  private int ownTsn() {
    return peer.heard.stream()
            .filter(Chunk.InitAck.class::isInstance)
            .map(Chunk.InitAck.class::cast)
            .findFirst()
            .orElseThrow()
            .parameters()
            .initialTsn()
        - 1;
  }

  private static Chunk abort(int cause) {
    return new Chunk.Abort(false, List.of(Parameter.empty(cause)));
  }
}
