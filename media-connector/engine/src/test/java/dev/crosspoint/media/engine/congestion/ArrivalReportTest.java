package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtcp.RtcpReader;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalReportTest {
  private static final long MS = 1_000_000;
  private static final long NONE = -1;

  private final ArrivalReport report = new ArrivalReport();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void reads_what_a_receiver_wrote(long seed) {
    TransportCcFeedback feedback = new TransportCcFeedback(100 * MS);
    Random random = new Random(seed);
    Map<Integer, Long> sent = new LinkedHashMap<>();
    // The reference time's 24 bits of 64 ms go round in the middle.
    long now = (1L << 24) * 64 * MS - 500 * MS;
    for (int i = 0; i < 600; i++) {
      int number = (65_200 + i) & 0xFFFF;
      now += random.nextInt(30) == 0 ? 200 * MS : random.nextInt(3_000_000);
      boolean lost = i != 0 && i != 599 && random.nextInt(3) == 0;
      sent.put(number, lost ? NONE : now);
      if (!lost) {
        feedback.onPacket(number, now);
      }
    }

    Map<Integer, Long> read = read(feedback, now + 100 * MS);

    assertThat(read.keySet()).containsExactlyElementsOf(sent.keySet());
    long apart = read.getOrDefault(65_200, NONE) - sent.getOrDefault(65_200, NONE);
    sent.forEach((number, at) -> {
      if (at == NONE) {
        assertThat(read).containsEntry(number, NONE);
      } else {
        assertThat(Math.abs(read.getOrDefault(number, NONE) - at - apart)).isLessThan(MS / 2);
      }
    });
  }

  @Test
  void a_message_that_is_cut_off_ends_where_it_is_cut() {
    TransportCcFeedback feedback = new TransportCcFeedback(MS);
    for (int i = 0; i < 50; i++) {
      feedback.onPacket(i, 40 * MS * i);
    }
    RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(2048));
    feedback.write(out, 1, 2, 10_000 * MS);

    for (int length = 0; length < out.length(); length++) {
      if (report.wrap(out.buffer(), 0, length)) {
        int packets = 0;
        while (report.next()) {
          packets++;
        }
        assertThat(packets).isLessThanOrEqualTo(50);
      }
    }
    assertThat(report.wrap(out.buffer(), 0, 19)).isFalse();
  }

  @Test
  void any_bytes_are_read_without_harm() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (report.wrap(ByteBuffer.wrap(bytes), 0, bytes.length)) {
        int packets = 0;
        while (report.next()) {
          packets++;
        }
        assertThat(packets).isLessThanOrEqualTo(0xFFFF);
      }
    }
  }

  private Map<Integer, Long> read(TransportCcFeedback feedback, long nowNs) {
    Map<Integer, Long> read = new LinkedHashMap<>();
    RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(4096));
    while (feedback.write(out.clear(), 1, 2, nowNs)) {
      RtcpReader reader = new RtcpReader().wrap(out.buffer(), out.length());
      assertThat(reader.next()).isTrue();
      assertThat(report.wrap(out.buffer(), reader.offset(), reader.length())).isTrue();
      while (report.next()) {
        read.put(report.sequenceNumber(), report.isReceived() ? report.arrivalNs() : NONE);
      }
    }
    return read;
  }
}
