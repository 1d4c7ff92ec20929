package dev.crosspoint.media.engine.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
  private static final int HEADER = 12;
  private static final int LENGTH = 200;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_packet_comes_out_as_it_went_in(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer packet = rtp(7);
    int sealed = pair.sender.protectRtp(packet, HEADER, LENGTH);
    assertThat(packet.get(HEADER + 50)).isNotEqualTo((byte) 50);

    assertThat(pair.receiver.unprotectRtp(packet, HEADER, sealed)).isEqualTo(LENGTH);
    assertThat(packet.get(HEADER + 50)).isEqualTo((byte) 50);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_replayed_packet_is_refused(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer packet = rtp(7);
    int sealed = pair.sender.protectRtp(packet, HEADER, LENGTH);
    ByteBuffer replay = copy(packet);
    pair.receiver.unprotectRtp(packet, HEADER, sealed);

    assertThat(pair.receiver.unprotectRtp(replay, HEADER, sealed)).isEqualTo(SrtpSession.REFUSED);
    assertThat(pair.receiver.failure()).isEqualTo(DropReason.SRTP_REPLAYED);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void no_number_is_used_for_a_second_packet(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    pair.sender.protectRtp(rtp(7), HEADER, LENGTH);
    pair.sender.protectRtp(rtp(9), HEADER, LENGTH);
    ByteBuffer second = rtp(7);
    ByteBuffer before = copy(second);

    assertThat(pair.sender.protectRtp(second, HEADER, LENGTH)).isEqualTo(SrtpSession.REFUSED);

    assertThat(pair.sender.failure()).isEqualTo(DropReason.SRTP_NUMBER_USED);
    assertThat(second).isEqualTo(before);
    assertThat(pair.sender.protectRtp(rtp(8), HEADER, LENGTH)).isGreaterThan(LENGTH);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void any_changed_byte_makes_a_packet_unauthentic(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer packet = rtp(7);
    int sealed = pair.sender.protectRtp(packet, HEADER, LENGTH);

    for (int i = 2; i < sealed; i++) {
      ByteBuffer changed = copy(packet);
      changed.put(i, (byte) (changed.get(i) ^ 0x40));
      assertThat(pair.receiver.unprotectRtp(changed, HEADER, sealed))
          .isEqualTo(SrtpSession.REFUSED);
    }
    assertThat(pair.receiver.unprotectRtp(packet, HEADER, sealed)).isEqualTo(LENGTH);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void numbers_roll_over_while_packets_are_lost_and_late(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    Random random = new Random(1);
    ByteBuffer late = null;
    int lateLength = 0;
    for (int i = 0; i < 70_000; i += 1 + random.nextInt(40)) {
      ByteBuffer packet = rtp((65_000 + i) & 0xFFFF);
      int sealed = pair.sender.protectRtp(packet, HEADER, LENGTH);
      if (i % 11 == 0) {
        late = packet;
        lateLength = sealed;
      } else {
        assertThat(pair.receiver.unprotectRtp(packet, HEADER, sealed)).isEqualTo(LENGTH);
        if (late != null) {
          assertThat(pair.receiver.unprotectRtp(late, HEADER, lateLength)).isEqualTo(LENGTH);
          late = null;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void rtcp_is_protected_and_not_replayed(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    for (int i = 0; i < 3; i++) {
      ByteBuffer packet = ByteBuffer.allocateDirect(100);
      packet.putInt(0, 0x80C90001).putInt(4, 99);
      int sealed = pair.sender.protectRtcp(packet, 8);
      ByteBuffer replay = copy(packet);

      assertThat(pair.receiver.unprotectRtcp(packet, sealed)).isEqualTo(8);
      assertThat(packet.getInt(4)).isEqualTo(99);
      assertThat(pair.receiver.unprotectRtcp(replay, sealed)).isEqualTo(SrtpSession.REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void short_packets_are_refused(SrtpProfile profile) {
    Pair pair = new Pair(profile);
    ByteBuffer zeros = ByteBuffer.allocate(64);
    for (int length = HEADER; length < 40; length++) {
      assertThat(pair.receiver.unprotectRtp(zeros, HEADER, length)).isEqualTo(SrtpSession.REFUSED);
      assertThat(pair.receiver.unprotectRtcp(zeros, length)).isEqualTo(SrtpSession.REFUSED);
    }
  }

  private static ByteBuffer rtp(int sequenceNumber) {
    ByteBuffer packet = ByteBuffer.allocateDirect(LENGTH + SrtpSession.MAX_OVERHEAD);
    packet.put(0, (byte) 0x80).putShort(2, (short) sequenceNumber).putInt(8, 0xCAFE);
    for (int i = HEADER; i < LENGTH; i++) {
      packet.put(i, (byte) (i - HEADER));
    }
    return packet;
  }

  private static ByteBuffer copy(ByteBuffer packet) {
    return ByteBuffer.allocate(packet.capacity()).put(packet.duplicate().clear()).clear();
  }

  private static final class Pair {
    private final SrtpSession sender;
    private final SrtpSession receiver;

    Pair(SrtpProfile profile) {
      byte[] salt = new byte[profile.saltLength()];
      SrtpKeys keys = new SrtpKeys(profile, new byte[16], salt, filled(16), salt);
      sender = new SrtpSession(keys, new JcaSrtpCrypto());
      receiver = new SrtpSession(keys.mirrored(), new JcaSrtpCrypto());
    }

    private static byte[] filled(int length) {
      byte[] key = new byte[length];
      new Random(3).nextBytes(key);
      return key;
    }
  }
}
