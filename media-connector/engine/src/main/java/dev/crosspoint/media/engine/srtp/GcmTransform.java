package dev.crosspoint.media.engine.srtp;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.AeadCipher;
import java.nio.ByteBuffer;

/** AEAD_AES_128_GCM (RFC 7714, 8 and 9). */
final class GcmTransform implements SrtpTransform {
  private static final int SALT_LENGTH = 12;
  private static final int E_FLAG = 0x8000_0000;

  private final AeadCipher rtp;
  private final AeadCipher rtcp;
  private final byte[] rtpSalt;
  private final byte[] rtcpSalt;
  private final byte[] nonce = new byte[SALT_LENGTH];
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
    this.rtpSalt = rtpSalt;
    this.rtcpSalt = rtcpSalt;
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
    rtpNonce(packet.getInt(8), index);
    rtp.seal(nonce, packet, 0, headerLength, packet, headerLength, length - headerLength);
  }

  @Override
  public boolean unprotectRtp(ByteBuffer packet, int headerLength, int length, long index) {
    rtpNonce(packet.getInt(8), index);
    return rtp.open(nonce, packet, 0, headerLength, packet, headerLength, length - headerLength);
  }

  @Override
  public void protectRtcp(ByteBuffer packet, int length, int index) {
    prepareRtcp(packet, index);
    rtcp.seal(nonce, rtcpAad, 0, rtcpAad.capacity(), packet, RTCP_HEADER, length - RTCP_HEADER);
    packet.putInt(length + AeadCipher.TAG_LENGTH, E_FLAG | index);
  }

  @Override
  public boolean unprotectRtcp(ByteBuffer packet, int length, int index) {
    prepareRtcp(packet, index);
    return rtcp.open(
        nonce, rtcpAad, 0, rtcpAad.capacity(), packet, RTCP_HEADER, length - RTCP_HEADER);
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }

  private void rtpNonce(int ssrc, long index) {
    System.arraycopy(rtpSalt, 0, nonce, 0, SALT_LENGTH);
    combine(2, ssrc);
    combine(6, (int) (index >>> 16));
    nonce[10] ^= (byte) (index >>> 8);
    nonce[11] ^= (byte) index;
  }

  private void prepareRtcp(ByteBuffer packet, int index) {
    System.arraycopy(rtcpSalt, 0, nonce, 0, SALT_LENGTH);
    combine(2, packet.getInt(4));
    combine(8, index);
    rtcpAad.putLong(0, packet.getLong(0)).putInt(RTCP_HEADER, E_FLAG | index);
  }

  private void combine(int at, int word) {
    nonce[at] ^= (byte) (word >>> 24);
    nonce[at + 1] ^= (byte) (word >>> 16);
    nonce[at + 2] ^= (byte) (word >>> 8);
    nonce[at + 3] ^= (byte) word;
  }
}
