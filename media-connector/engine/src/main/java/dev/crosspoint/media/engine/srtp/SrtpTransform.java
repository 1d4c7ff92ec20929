package dev.crosspoint.media.engine.srtp;

import java.nio.ByteBuffer;

/** One direction of a profile: packet layout and nonces; indexes are the caller's business. */
sealed interface SrtpTransform extends AutoCloseable permits GcmTransform, CounterTransform {
  int RTCP_HEADER = 8;

  /** Bytes that protection adds to an RTP packet. */
  int rtpOverhead();

  /** Bytes that protection adds to an RTCP packet. */
  int rtcpOverhead();

  /** Where in a protected RTCP packet of this length the word with E flag and index stands. */
  int rtcpIndexOffset(int protectedLength);

  void protectRtp(ByteBuffer packet, int headerLength, int length, long index);

  /**
   * @param length without the overhead
   * @return false when it is not authentic
   */
  boolean unprotectRtp(ByteBuffer packet, int headerLength, int length, long index);

  void protectRtcp(ByteBuffer packet, int length, int index);

  boolean unprotectRtcp(ByteBuffer packet, int length, int index);

  @Override
  void close();
}
