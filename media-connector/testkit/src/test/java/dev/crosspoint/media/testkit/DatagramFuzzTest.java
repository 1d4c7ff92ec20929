package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;

/** Datagrams at the door of a whole engine, from the address of somebody who is in a call. */
class DatagramFuzzTest {
  private static final SimulatedCall CALL = new SimulatedCall(1, SrtpProfile.AEAD_AES_128_GCM);
  private static final SimulatedCall.Peer ANN = CALL.join("ann");

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void any_bytes_are_taken_or_dropped(byte[] bytes) {
    CALL.receive(ByteBuffer.wrap(bytes), ANN.address());
  }
}
