package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Protected packets of somebody who does not know the keys (RFC 3711, RFC 7714). */
class SrtpFuzzTest {
  private static final int ROOM = 2048;
  private static final int LONGEST = ROOM - SrtpSession.MAX_OVERHEAD;
  private static final List<SrtpSession> SESSIONS =
      Arrays.stream(SrtpProfile.values())
          .map(profile -> new SrtpSession(keys(profile), new JcaSrtpCrypto()))
          .toList();
  private final RtpPacket packet = new RtpPacket();

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void no_bytes_pass_for_authentic(byte[] bytes) {
    if (bytes.length > LONGEST) {
      return;
    }
    for (SrtpSession session : SESSIONS) {
      ByteBuffer rtp = ByteBuffer.allocate(ROOM).put(0, bytes);
      if (packet.parseHeader(rtp, bytes.length)) {
        int length = session.unprotectRtp(rtp, packet.headerLength(), bytes.length);
        Fuzz.expect(length == SrtpSession.REFUSED);
      }
      ByteBuffer rtcp = ByteBuffer.allocate(ROOM).put(0, bytes);
      Fuzz.expect(session.unprotectRtcp(rtcp, bytes.length) == SrtpSession.REFUSED);
    }
  }

  private static SrtpKeys keys(SrtpProfile profile) {
    byte[] key = new byte[profile.keyLength()];
    byte[] salt = new byte[profile.saltLength()];
    return new SrtpKeys(profile, key, salt, key, salt);
  }
}
