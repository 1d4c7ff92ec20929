package dev.crosspoint.media.engine.srtp;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
import dev.crosspoint.media.engine.rtp.SsrcMap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of SRTP and SRTCP over one DTLS association. Packets begin at offset 0 of their
 * buffer and are changed in place; protection needs {@link #MAX_OVERHEAD} bytes behind the packet.
 */
public final class SrtpSession implements AutoCloseable {
  /** The most that protection adds to a packet. */
  public static final int MAX_OVERHEAD = 20;

  /** What the methods that check return instead of a length; {@link #failure} says why. */
  public static final int REFUSED = -1;

  private static final int MAX_STREAMS = 256;
  private static final int MIN_RTCP = 8;
  private static final int INDEX_MASK = 0x7FFF_FFFF;

  private final SrtpTransform outbound;
  private final SrtpTransform inbound;

  /** Never forgotten, so that no SSRC starts anew under the same key. */
  private final SsrcMap<SequenceWindow> sent = new SsrcMap<>();

  private final SsrcMap<SequenceWindow> received = new SsrcMap<>();
  private final SsrcMap<SequenceWindow> receivedRtcp = new SsrcMap<>();

  /** Spares looking it up: mostly the next packet is of the same stream. */
  private @Nullable SequenceWindow latestSent;

  private int latestSentSsrc;
  private int rtcpIndex;
  private DropReason failure = DropReason.SRTP_UNAUTHENTICATED;

  public SrtpSession(SrtpKeys keys, SrtpCryptoProvider crypto) {
    outbound = transform(keys.profile(), crypto, keys.localKey(), keys.localSalt());
    inbound = transform(keys.profile(), crypto, keys.remoteKey(), keys.remoteSalt());
  }

  /** Why the last packet was refused that was. */
  public DropReason failure() {
    return failure;
  }

  /**
   * Encrypts, each number of an SSRC once at most: two packets under one nonce would give away the
   * key that authenticates all (RFC 7714, 8.1).
   *
   * @return the new length, or {@link #REFUSED}
   */
  public int protectRtp(ByteBuffer packet, int headerLength, int length) {
    SequenceWindow window = sentWindow(packet.getInt(8));
    long index = window.extend(packet.getShort(2) & 0xFFFF);
    if (window.isSeen(index)) {
      return refuse(DropReason.SRTP_NUMBER_USED);
    }
    window.mark(index);
    outbound.protectRtp(packet, headerLength, length, index);
    return length + outbound.rtpOverhead();
  }

  /**
   * Checks and decrypts.
   *
   * @param headerLength with extensions, as the clear header says
   * @return the new length, or {@link #REFUSED}
   */
  public int unprotectRtp(ByteBuffer packet, int headerLength, int protectedLength) {
    int length = protectedLength - inbound.rtpOverhead();
    if (length < headerLength) {
      return refuse(DropReason.SRTP_UNAUTHENTICATED);
    }
    int ssrc = packet.getInt(8);
    SequenceWindow known = received.get(ssrc);
    SequenceWindow window = known == null ? new SequenceWindow() : known;
    long index = window.extend(packet.getShort(2) & 0xFFFF);
    if (window.isSeen(index)) {
      return refuse(DropReason.SRTP_REPLAYED);
    }
    if (!inbound.unprotectRtp(packet, headerLength, length, index)) {
      return refuse(DropReason.SRTP_UNAUTHENTICATED);
    }
    return remember(received, ssrc, window, known == null, index) ? length : REFUSED;
  }

  /**
   * Encrypts a compound RTCP packet.
   *
   * @return the new length
   */
  public int protectRtcp(ByteBuffer packet, int length) {
    outbound.protectRtcp(packet, length, rtcpIndex);
    rtcpIndex = (rtcpIndex + 1) & INDEX_MASK;
    return length + outbound.rtcpOverhead();
  }

  /**
   * Checks and decrypts. Packets that are only authenticated, not encrypted, are refused: WebRTC
   * has none.
   *
   * @return the new length, or {@link #REFUSED}
   */
  public int unprotectRtcp(ByteBuffer packet, int protectedLength) {
    int length = protectedLength - inbound.rtcpOverhead();
    if (length < MIN_RTCP) {
      return refuse(DropReason.SRTP_UNAUTHENTICATED);
    }
    int word = packet.getInt(inbound.rtcpIndexOffset(protectedLength));
    if (word >= 0) {
      return refuse(DropReason.SRTP_UNAUTHENTICATED);
    }
    int index = word & INDEX_MASK;
    int ssrc = packet.getInt(4);
    SequenceWindow known = receivedRtcp.get(ssrc);
    SequenceWindow window = known == null ? new SequenceWindow() : known;
    if (window.isSeen(index)) {
      return refuse(DropReason.SRTP_REPLAYED);
    }
    if (!inbound.unprotectRtcp(packet, length, index)) {
      return refuse(DropReason.SRTP_UNAUTHENTICATED);
    }
    return remember(receivedRtcp, ssrc, window, known == null, index) ? length : REFUSED;
  }

  @Override
  public void close() {
    outbound.close();
    inbound.close();
  }

  private boolean remember(
      SsrcMap<SequenceWindow> streams, int ssrc, SequenceWindow window, boolean isNew, long index) {
    if (isNew) {
      if (streams.size() >= MAX_STREAMS) {
        failure = DropReason.TOO_MANY_STREAMS;
        return false;
      }
      streams.put(ssrc, window);
    }
    window.mark(index);
    return true;
  }

  private int refuse(DropReason reason) {
    failure = reason;
    return REFUSED;
  }

  private SequenceWindow sentWindow(int ssrc) {
    SequenceWindow window = latestSent;
    if (window == null || ssrc != latestSentSsrc) {
      window = sent.get(ssrc);
      if (window == null) {
        window = new SequenceWindow();
        sent.put(ssrc, window);
      }
      latestSent = window;
      latestSentSsrc = ssrc;
    }
    return window;
  }

  private static SrtpTransform transform(
      SrtpProfile profile, SrtpCryptoProvider crypto, byte[] key, byte[] salt) {
    SrtpKeyDerivation derivation = new SrtpKeyDerivation(crypto, key, salt);
    return switch (profile) {
      case AEAD_AES_128_GCM -> new GcmTransform(crypto, derivation);
      case AES128_CM_HMAC_SHA1_80 -> new CounterTransform(crypto, derivation);
    };
  }
}
