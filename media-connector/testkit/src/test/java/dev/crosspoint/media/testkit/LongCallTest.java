package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call in which more packets pass than RTP has numbers, and in which its clock begins anew. */
class LongCallTest {
  private static final int NUMBERS = 1 << 16;
  private static final int PACKETS = 30;
  private static final int PICTURES = NUMBERS / PACKETS + 100;
  private static final int TICKS = 3_000;
  private static final Duration PICTURE = Duration.ofMillis(33);
  private static final double LOSS = 0.02;

  /** In pictures. */
  private static final int CONSENT = 100;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void pictures_go_on_whole_when_every_number_has_been_used(SrtpProfile profile) {
    Meeting meeting = new Meeting(21, profile);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    // The clock begins anew soon.
    meeting.video.advance(-meeting.video.timestamp() - PICTURES / 2 * TICKS);
    play(meeting, 3, true);
    meeting.alice.uplink().become(NetworkConditions.good().withLoss(LOSS));
    bob.downlink().become(NetworkConditions.good().withLoss(LOSS));
    play(meeting, PICTURES, false);
    meeting.alice.uplink().become(NetworkConditions.good());
    bob.downlink().become(NetworkConditions.good());
    play(meeting, 3, false);
    meeting.call.run(Duration.ofSeconds(1));

    for (SimulatedCall.Peer receiver : meeting.receivers) {
      List<ReceivedPacket> all = inOrder(meeting.videoAt(receiver));
      assertThat(all).hasSize((PICTURES + 6) * PACKETS);
      assertThat(gaps(all)).as("gaps in numbers").isEmpty();
      assertThat(jumps(all)).as("jumps of the clock").isEmpty();
    }
    assertThat(meeting.videoAt(bob)).anyMatch(ReceivedPacket::resent);
  }

  private static void play(Meeting meeting, int pictures, boolean fromKeyFrame) {
    for (int i = 0; i < pictures; i++) {
      byte[] beginning = fromKeyFrame && i == 0 ? Meeting.KEY_FRAME : Meeting.INTER_FRAME;
      for (int packet = 0; packet < PACKETS; packet++) {
        byte[] rest = {0x00, 7, 8, (byte) packet};
        meeting
            .alice
            .client()
            .send(meeting.video, packet == 0 ? beginning : rest, packet == PACKETS - 1);
      }
      meeting.video.advance(TICKS);
      meeting.call.run(PICTURE);
      if (i % CONSENT == 0) {
        meeting.call.renewConsent(meeting.alice);
        meeting.receivers.forEach(meeting.call::renewConsent);
      }
    }
  }

  /** Numbers that come late are less than half of all numbers behind. */
  private static List<ReceivedPacket> inOrder(List<ReceivedPacket> arrived) {
    record Numbered(long number, ReceivedPacket packet) {}

    List<Numbered> numbered = new ArrayList<>();
    long newest = arrived.getFirst().sequenceNumber();
    for (ReceivedPacket packet : arrived) {
      long number = newest + (short) (packet.sequenceNumber() - newest);
      newest = Math.max(newest, number);
      numbered.add(new Numbered(number, packet));
    }
    return numbered.stream()
        .sorted((one, other) -> Long.compare(one.number(), other.number()))
        .map(Numbered::packet)
        .toList();
  }

  private static List<Integer> gaps(List<ReceivedPacket> all) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      int step = (all.get(i).sequenceNumber() - all.get(i - 1).sequenceNumber()) & 0xFFFF;
      if (step != 1) {
        gaps.add(i);
      }
    }
    return gaps;
  }

  /** Within a picture it stands, from one to the next it goes on by as much as at the sender. */
  private static List<Integer> jumps(List<ReceivedPacket> all) {
    List<Integer> jumps = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      int step = all.get(i).timestamp() - all.get(i - 1).timestamp();
      if (step != (all.get(i - 1).marker() ? TICKS : 0)) {
        jumps.add(i);
      }
    }
    return jumps;
  }
}
