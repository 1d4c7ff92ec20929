package dev.crosspoint.media.engine.srtp;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.CounterCipher;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.PacketMac;
import java.nio.ByteBuffer;

/** AES128_CM_HMAC_SHA1_80 (RFC 3711, 4.1.1 and 4.2). */
final class CounterTransform implements SrtpTransform {
  private static final int TAG_LENGTH = 10;
  private static final int SALT_LENGTH = 14;
  private static final int E_FLAG = 0x8000_0000;

  private final CounterCipher rtpCipher;
  private final CounterCipher rtcpCipher;
  private final PacketMac rtpMac;
  private final PacketMac rtcpMac;
  private final byte[] rtpSalt;
  private final byte[] rtcpSalt;
  private final byte[] counter = new byte[16];
  private final byte[] tag = new byte[TAG_LENGTH];
  private final byte[] mac = new byte[PacketMac.OUTPUT_LENGTH];

  CounterTransform(SrtpCryptoProvider crypto, SrtpKeyDerivation keys) {
    rtpCipher = crypto.aesCounter(keys.derive(SrtpKeyDerivation.RTP_ENCRYPTION, 16));
    rtcpCipher = crypto.aesCounter(keys.derive(SrtpKeyDerivation.RTCP_ENCRYPTION, 16));
    rtpMac = crypto.hmacSha1(keys.derive(SrtpKeyDerivation.RTP_AUTHENTICATION, 20));
    rtcpMac = crypto.hmacSha1(keys.derive(SrtpKeyDerivation.RTCP_AUTHENTICATION, 20));
    rtpSalt = keys.derive(SrtpKeyDerivation.RTP_SALT, SALT_LENGTH);
    rtcpSalt = keys.derive(SrtpKeyDerivation.RTCP_SALT, SALT_LENGTH);
  }

  @Override
  public int rtpOverhead() {
    return TAG_LENGTH;
  }

  @Override
  public int rtcpOverhead() {
    return 4 + TAG_LENGTH;
  }

  @Override
  public int rtcpIndexOffset(int protectedLength) {
    return protectedLength - TAG_LENGTH - 4;
  }

  @Override
  public void protectRtp(ByteBuffer packet, int headerLength, int length, long index) {
    startCounter(rtpSalt, packet.getInt(8), index);
    rtpCipher.apply(counter, packet, headerLength, length - headerLength);
    // The roll-over counter is hashed as if it stood behind the packet, so let it stand there.
    packet.putInt(length, (int) (index >>> 16));
    rtpMac.compute(packet, 0, length + 4, mac);
    packet.put(length, mac, 0, TAG_LENGTH);
  }

  @Override
  public boolean unprotectRtp(ByteBuffer packet, int headerLength, int length, long index) {
    packet.get(length, tag);
    packet.putInt(length, (int) (index >>> 16));
    rtpMac.compute(packet, 0, length + 4, mac);
    if (!tagMatches()) {
      return false;
    }
    startCounter(rtpSalt, packet.getInt(8), index);
    rtpCipher.apply(counter, packet, headerLength, length - headerLength);
    return true;
  }

  @Override
  public void protectRtcp(ByteBuffer packet, int length, int index) {
    startCounter(rtcpSalt, packet.getInt(4), index);
    rtcpCipher.apply(counter, packet, RTCP_HEADER, length - RTCP_HEADER);
    packet.putInt(length, E_FLAG | index);
    rtcpMac.compute(packet, 0, length + 4, mac);
    packet.put(length + 4, mac, 0, TAG_LENGTH);
  }

  @Override
  public boolean unprotectRtcp(ByteBuffer packet, int length, int index) {
    packet.get(length + 4, tag);
    rtcpMac.compute(packet, 0, length + 4, mac);
    if (!tagMatches()) {
      return false;
    }
    startCounter(rtcpSalt, packet.getInt(4), index);
    rtcpCipher.apply(counter, packet, RTCP_HEADER, length - RTCP_HEADER);
    return true;
  }

  @Override
  public void close() {
    rtpCipher.close();
    rtcpCipher.close();
    rtpMac.close();
    rtcpMac.close();
  }

  /** {@code (salt * 2^16) XOR (ssrc * 2^64) XOR (index * 2^16)}. */
  private void startCounter(byte[] salt, int ssrc, long index) {
    System.arraycopy(salt, 0, counter, 0, SALT_LENGTH);
    counter[14] = 0;
    counter[15] = 0;
    for (int i = 0; i < 4; i++) {
      counter[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
    }
    for (int i = 0; i < 6; i++) {
      counter[8 + i] ^= (byte) (index >>> (40 - 8 * i));
    }
  }

  /** Takes the same time wherever the difference is. */
  private boolean tagMatches() {
    int difference = 0;
    for (int i = 0; i < TAG_LENGTH; i++) {
      difference |= tag[i] ^ mac[i];
    }
    return difference == 0;
  }
}
