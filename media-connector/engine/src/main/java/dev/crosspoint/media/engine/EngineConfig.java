package dev.crosspoint.media.engine;

import java.time.Duration;

/**
 * What an operator may want to change.
 *
 * @param iceTimeout how long a transport lives without an authenticated check (RFC 7675 has 30 s)
 * @param handshakeTimeout how long a client whose ICE is connected has until its DTLS handshake
 *     begins; once begun it has twice that to end
 * @param keyFrameInterval shortest time between two key frame requests for one stream; browsers
 *     make no more than one key frame every 300 ms, however often they are asked
 * @param rtcpInterval time between sender and receiver reports, on average
 * @param transportCcInterval time between two transport-wide feedback messages to a sender
 * @param nackRetryInterval time between two requests for the same missing packet
 * @param historyPackets packets of each video stream kept for resends, a power of two
 */
public record EngineConfig(
    Duration iceTimeout,
    Duration handshakeTimeout,
    Duration keyFrameInterval,
    Duration rtcpInterval,
    Duration transportCcInterval,
    Duration nackRetryInterval,
    int historyPackets) {

  /**
   * @throws IllegalArgumentException when {@code historyPackets} is not a power of two
   */
  public EngineConfig {
    if (Integer.bitCount(historyPackets) != 1) {
      throw new IllegalArgumentException("historyPackets is a power of two");
    }
  }

  /** What is right for most. */
  public static EngineConfig standard() {
    return new EngineConfig(
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(80),
        512);
  }

  /** The same with another {@link #iceTimeout}. */
  public EngineConfig withIceTimeout(Duration other) {
    return new EngineConfig(
        other,
        handshakeTimeout,
        keyFrameInterval,
        rtcpInterval,
        transportCcInterval,
        nackRetryInterval,
        historyPackets);
  }

  /** The same with another {@link #handshakeTimeout}. */
  public EngineConfig withHandshakeTimeout(Duration other) {
    return new EngineConfig(
        iceTimeout,
        other,
        keyFrameInterval,
        rtcpInterval,
        transportCcInterval,
        nackRetryInterval,
        historyPackets);
  }
}
