package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import java.nio.ByteBuffer;

/** STUN messages (RFC 8489) before anything is known of who sent them. */
class StunFuzzTest {
  private static final StunKey KEY = new StunKey("password-of-twenty-four-c");

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void any_bytes_are_a_message_or_none(byte[] bytes) {
    StunMessage.parse(ByteBuffer.wrap(bytes)).ifPresent(StunFuzzTest::look);
  }

  private static void look(StunMessage message) {
    message.errorCode().ifPresent(code -> Fuzz.expect(code >= 300 && code <= 699));
    Fuzz.expect(message.transactionId().length == 12);
    Fuzz.expect(message.username().length() <= 1_500);
    message.unknownRequiredAttribute();
    message.isAuthenticatedBy(KEY);
  }
}
