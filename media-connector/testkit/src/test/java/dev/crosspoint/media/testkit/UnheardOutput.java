package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineOutput;
import dev.crosspoint.media.engine.ice.TransportAddress;
import java.nio.ByteBuffer;

/** Nobody takes what the engine says; a test takes what it looks at. */
class UnheardOutput implements EngineOutput {
  @Override
  public void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
    // Sent.
  }

  @Override
  public void disconnect(TransportAddress.Tcp connection) {
    // Closed.
  }

  @Override
  public void dtlsRecord(String transportId, ByteBuffer dtlsRecord) {
    // No handshake here.
  }

  @Override
  public void sctpPacket(String transportId, ByteBuffer packet) {
    // No data channels here.
  }

  @Override
  public void event(EngineEvent event) {
    // Nobody listens.
  }
}
