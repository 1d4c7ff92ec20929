package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.rtcp.RtcpReader;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import java.nio.ByteBuffer;

/** Compounds of RTCP (RFC 3550, 6; RFC 4585, 6.1). */
class RtcpFuzzTest {
  private final RtcpReader reader = new RtcpReader();

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void a_walk_over_any_bytes_ends_and_stays_inside(byte[] bytes) {
    reader.wrap(ByteBuffer.wrap(bytes), bytes.length);
    int walked = 0;
    while (reader.next()) {
      walked += reader.length();
      Fuzz.expect(reader.offset() + reader.length() == walked && walked <= bytes.length);
      readAll();
    }
    Fuzz.expect(reader.isMalformed() || walked == bytes.length);
  }

  private void readAll() {
    for (int word = 0; word < reader.words(); word++) {
      reader.word(word);
    }
    boolean report =
        reader.type() == RtcpType.SENDER_REPORT || reader.type() == RtcpType.RECEIVER_REPORT;
    if (report) {
      int blocks = reader.count() * RtcpReader.REPORT_BLOCK / Integer.BYTES;
      Fuzz.expect(reader.firstReportBlock() + blocks <= reader.words());
    }
  }
}
