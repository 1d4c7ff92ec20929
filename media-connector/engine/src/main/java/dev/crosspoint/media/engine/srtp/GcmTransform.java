package dev.crosspoint.media.engine.srtp;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.AeadCipher;
import java.nio.ByteBuffer;

/** AEAD_AES_128_GCM (RFC 7714, 8 and 9). */
final class GcmTransform implements SrtpTransform {
  private static final int SALT_LENGTH = 12;
  private static final int E_FLAG = 0x8000_0000;

  private final AeadCipher rtp;
  private final AeadCipher rtcp;
  private final int rtpSaltHead;
  private final long rtpSaltTail;
  private final int rtcpSaltHead;
  private final long rtcpSaltTail;
  private final ByteBuffer rtcpAad = ByteBuffer.allocateDirect(RTCP_HEADER + 4);

  GcmTransform(SrtpCryptoProvider crypto, SrtpKeyDerivation keys) {
    this(
        crypto.aesGcm(keys.derive(SrtpKeyDerivation.RTP_ENCRYPTION, 16)),
        crypto.aesGcm(keys.derive(SrtpKeyDerivation.RTCP_ENCRYPTION, 16)),
        keys.derive(SrtpKeyDerivation.RTP_SALT, SALT_LENGTH),
        keys.derive(SrtpKeyDerivation.RTCP_SALT, SALT_LENGTH));
  }

  /** With session keys as they are. */
  GcmTransform(AeadCipher rtp, AeadCipher rtcp, byte[] rtpSalt, byte[] rtcpSalt) {
    this.rtp = rtp;
    this.rtcp = rtcp;
    this.rtpSaltHead = head(rtpSalt);
    this.rtpSaltTail = tail(rtpSalt);
    this.rtcpSaltHead = head(rtcpSalt);
    this.rtcpSaltTail = tail(rtcpSalt);
  }

  @Override
  public int rtpOverhead() {
    return AeadCipher.TAG_LENGTH;
  }

  @Override
  public int rtcpOverhead() {
    return AeadCipher.TAG_LENGTH + 4;
  }

  @Override
  public int rtcpIndexOffset(int protectedLength) {
    return protectedLength - 4;
  }

  @Override
  public void protectRtp(ByteBuffer packet, int headerLength, int length, long index) {
    int ssrc = packet.getInt(8);
    rtp.seal(
        rtpSaltHead ^ nonceHead(ssrc),
        rtpSaltTail ^ nonceTail(ssrc, index),
        packet,
        headerLength,
        packet,
        headerLength,
        length - headerLength);
  }

  @Override
  public boolean unprotectRtp(ByteBuffer packet, int headerLength, int length, long index) {
    int ssrc = packet.getInt(8);
    return rtp.open(
        rtpSaltHead ^ nonceHead(ssrc),
        rtpSaltTail ^ nonceTail(ssrc, index),
        packet,
        headerLength,
        packet,
        headerLength,
        length - headerLength);
  }

  @Override
  public void protectRtcp(ByteBuffer packet, int length, int index) {
    authenticateWithRtcp(packet, index);
    int ssrc = packet.getInt(4);
    rtcp.seal(
        rtcpSaltHead ^ nonceHead(ssrc),
        rtcpSaltTail ^ nonceTail(ssrc, index),
        rtcpAad,
        rtcpAad.capacity(),
        packet,
        RTCP_HEADER,
        length - RTCP_HEADER);
    packet.putInt(length + AeadCipher.TAG_LENGTH, E_FLAG | index);
  }

  @Override
  public boolean unprotectRtcp(ByteBuffer packet, int length, int index) {
    authenticateWithRtcp(packet, index);
    int ssrc = packet.getInt(4);
    return rtcp.open(
        rtcpSaltHead ^ nonceHead(ssrc),
        rtcpSaltTail ^ nonceTail(ssrc, index),
        rtcpAad,
        rtcpAad.capacity(),
        packet,
        RTCP_HEADER,
        length - RTCP_HEADER);
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }

  private void authenticateWithRtcp(ByteBuffer packet, int index) {
    rtcpAad.putLong(0, packet.getLong(0)).putInt(RTCP_HEADER, E_FLAG | index);
  }

  /** Two bytes of zero, and the SSRC's upper half (RFC 7714, 8.1 and 9.1). */
  private static int nonceHead(int ssrc) {
    return ssrc >>> 16;
  }

  /** The SSRC's lower half, and the packet's index in 48 bits. */
  private static long nonceTail(int ssrc, long index) {
    return ((long) ssrc << 48) | (index & 0xFFFF_FFFF_FFFFL);
  }

  private static int head(byte[] salt) {
    return ByteBuffer.wrap(salt).getInt(0);
  }

  private static long tail(byte[] salt) {
    return ByteBuffer.wrap(salt).getLong(Integer.BYTES);
  }
}
