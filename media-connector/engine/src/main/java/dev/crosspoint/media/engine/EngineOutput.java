package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.ice.TransportAddress;
import java.nio.ByteBuffer;

/** Where an engine's output goes. Called on the engine's thread, from inside its methods. */
public interface EngineOutput {

  /**
   * A datagram to send, or a frame for a TCP connection.
   *
   * @param packet between position and limit; valid only during the call
   * @param goesOn whether it belongs to a picture whose rest is on its way: nobody can use it
   *     before, so it may wait for that
   */
  void send(ByteBuffer packet, TransportAddress remote, boolean goesOn);

  /** No transport uses the TCP connection any more: close it, unless it has ended already. */
  void disconnect(TransportAddress.Tcp connection);

  /**
   * A DTLS record from an address that passed an authenticated check.
   *
   * @param record between position and limit; valid only during the call
   */
  void dtlsRecord(String transportId, ByteBuffer record);

  /**
   * An SCTP packet to send as application data of the transport's DTLS connection (RFC 8261).
   *
   * @param packet between position and limit; valid only during the call
   */
  void sctpPacket(String transportId, ByteBuffer packet);

  /** Something happened. */
  void event(EngineEvent event);
}
