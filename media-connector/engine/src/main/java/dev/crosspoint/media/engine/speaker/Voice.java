package dev.crosspoint.media.engine.speaker;

import dev.crosspoint.media.engine.rtp.RtpPacket;

/** One audio stream in which a speaker tells levels. */
public final class Voice {
  private final Floor floor;
  private final Speaker speaker;
  private final String producerId;
  private final int extensionId;
  private final LevelMeter meter = new LevelMeter();

  Voice(Floor floor, Speaker speaker, String producerId, int extensionId) {
    this.floor = floor;
    this.speaker = speaker;
    this.producerId = producerId;
    this.extensionId = extensionId;
  }

  /** Whether the packets are forwarded; asked after {@link #onPacket}. */
  public boolean isHeard() {
    return speaker.isHeard();
  }

  /** Reads the level of a packet. */
  public void onPacket(RtpPacket packet, long nowNs) {
    int level = AudioLevel.read(packet, extensionId);
    if (level != AudioLevel.MISSING) {
      int height = meter.onLevel(level, nowNs);
      speaker.note(producerId, height, AudioLevel.loudness(level), nowNs);
      floor.onLevel(speaker, nowNs);
    }
  }
}
