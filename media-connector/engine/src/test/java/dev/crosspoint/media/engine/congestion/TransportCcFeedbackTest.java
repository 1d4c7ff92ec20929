package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportCcFeedbackTest {
  private static final long MS = 1_000_000;
  private static final long NONE = -1;
  private final TransportCcFeedback feedback = new TransportCcFeedback(100 * MS);

  @Test
  void arrivals_and_losses_are_told_with_their_times() {
    Map<Integer, Long> sent = new LinkedHashMap<>();
    Random random = new Random(4);
    long now = 1000 * MS;
    for (int i = 0; i < 300; i++) {
      int number = (65_400 + i) & 0xFFFF;
      now += random.nextInt(20) == 0 ? 300 * MS : random.nextInt(3_000_000);
      boolean lost = i != 0 && i != 299 && random.nextInt(5) == 0;
      sent.put(number, lost ? NONE : now);
      if (!lost) {
        feedback.onPacket(number, now);
      }
    }

    Map<Integer, Long> told = told(now + 100 * MS);

    assertThat(told.keySet()).containsExactlyElementsOf(sent.keySet());
    sent.forEach((number, at) -> {
      if (at == NONE) {
        assertThat(told.getOrDefault(number, 0L)).isEqualTo(NONE);
      } else {
        assertThat(Math.abs(told.getOrDefault(number, NONE) - at)).isLessThan(MS / 2);
      }
    });
  }

  @Test
  void a_packet_called_lost_too_early_is_told_of_when_it_comes() {
    feedback.onPacket(10, MS);
    feedback.onPacket(12, MS);
    assertThat(told(200 * MS)).containsEntry(11, NONE);

    feedback.onPacket(11, 210 * MS);

    assertThat(told(400 * MS).get(11)).isNotEqualTo(NONE);
  }

  @Test
  void nothing_new_is_nothing_to_tell() {
    assertThat(feedback.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    feedback.onPacket(10, MS);
    assertThat(feedback.nextDeadlineNs()).isEqualTo(101 * MS);
    told(200 * MS);
    assertThat(feedback.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  private Map<Integer, Long> told(long nowNs) {
    Map<Integer, Long> told = new LinkedHashMap<>();
    ByteBuffer buffer = ByteBuffer.allocate(2000);
    RtcpWriter out = new RtcpWriter(buffer);
    while (feedback.write(out.clear(), 1, 2, nowNs)) {
      assertThat(out.length() % 4).isZero();
      read(buffer, told);
    }
    return told;
  }

  /** A reader made from the draft alone. */
  private static void read(ByteBuffer packet, Map<Integer, Long> told) {
    int number = packet.getShort(12) & 0xFFFF;
    int count = packet.getShort(14) & 0xFFFF;
    long timeNs = (packet.getInt(16) >> 8) * (64 * MS);
    int[] symbols = new int[count + 16];
    int at = 20;
    int known = 0;
    while (known < count) {
      int chunk = packet.getShort(at) & 0xFFFF;
      at += 2;
      if (chunk < 0x8000) {
        for (int i = 0; i < (chunk & 0x1FFF); i++) {
          symbols[known++] = chunk >>> 13;
        }
      } else {
        int bits = (chunk & 0x4000) == 0 ? 1 : 2;
        for (int i = 14 / bits - 1; i >= 0; i--) {
          symbols[known++] = (chunk >>> (i * bits)) & ((1 << bits) - 1);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      int key = (number + i) & 0xFFFF;
      if (symbols[i] == 0) {
        told.put(key, NONE);
        continue;
      }
      int ticks = symbols[i] == 1 ? packet.get(at) & 0xFF : packet.getShort(at);
      at += symbols[i];
      timeNs += ticks * (MS / 4);
      told.put(key, timeNs);
    }
  }
}
