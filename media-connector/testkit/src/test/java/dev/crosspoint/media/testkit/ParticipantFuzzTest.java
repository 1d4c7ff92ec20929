package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Media and feedback of a participant who has keys, and sends what no browser would. A meeting goes
 * on from one input to the next, for a while: what is found may need the inputs before it.
 */
class ParticipantFuzzTest {
  private static final int LONGEST = 1_400;

  /** What receivers keep for their assertions must not grow for ever. */
  private static final int INPUTS_PER_MEETING = 500;

  /**
   * Counter mode: an intruder of their own making may use a number twice, which GCM refuses here.
   */
  private static final SrtpProfile PROFILE = SrtpProfile.AES128_CM_HMAC_SHA1_80;

  private static int inputs;
  private static Meeting meeting = new Meeting(7, PROFILE);
  private final RtpPacket view = new RtpPacket();

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void whatever_somebody_sends_harms_nobody(FuzzedDataProvider data) {
    if (++inputs % INPUTS_PER_MEETING == 0) {
      meeting = new Meeting(7, PROFILE);
    }
    while (data.remainingBytes() > 0) {
      boolean feedback = data.consumeBoolean();
      byte[] bytes = data.consumeBytes(data.consumeInt(0, LONGEST));
      if (feedback) {
        sendRtcp(bytes);
      } else {
        sendRtp(bytes);
      }
    }
    meeting.call.run(Duration.ofMillis(5));
  }

  /** Of streams that the engine knows, so that it looks further than at the SSRC. */
  private void sendRtp(byte[] bytes) {
    if (bytes.length < 12) {
      return;
    }
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    boolean audio = (bytes[1] & 1) == 0;
    packet.put(0, (byte) (0x80 | (bytes[0] & 0x3F)));
    packet.putInt(8, audio ? Meeting.AUDIO : bytes[1] % 3 == 0 ? Meeting.VIDEO_RTX : Meeting.VIDEO);
    if (view.parseHeader(packet, bytes.length)) {
      meeting.alice.uplink().send(meeting.alice.client().protectedRtp(bytes));
    }
  }

  private static void sendRtcp(byte[] bytes) {
    if (bytes.length >= 8) {
      meeting.alice.uplink().send(meeting.alice.client().protectedRtcp(bytes));
    }
  }
}
