package dev.crosspoint.media.engine.rtp;

import java.nio.ByteBuffer;

/**
 * When a packet left, as receivers estimate from it what their line takes
 * (webrtc.org/experiments/rtp-hdrext/abs-send-time): seconds with 6 bits before the point and 18
 * behind it, so that it begins anew every 64 s.
 */
public final class AbsSendTime {
  /** Bytes. */
  public static final int LENGTH = 3;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int FRACTION_BITS = 18;

  private AbsSendTime() {}

  /** Writes the time, most significant byte first. */
  public static void write(ByteBuffer packet, int offset, long nowNs) {
    int time = of(nowNs);
    packet.put(offset, (byte) (time >>> 16)).putShort(offset + 1, (short) time);
  }

  /** Unsigned 24 bit. */
  static int of(long nowNs) {
    long seconds = Math.floorDiv(nowNs, SECOND_NS);
    long fraction = (Math.floorMod(nowNs, SECOND_NS) << FRACTION_BITS) / SECOND_NS;
    return (int) ((seconds << FRACTION_BITS | fraction) & 0xFF_FFFF);
  }
}
