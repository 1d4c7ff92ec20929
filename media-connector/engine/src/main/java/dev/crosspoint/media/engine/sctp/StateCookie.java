package dev.crosspoint.media.engine.sctp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes what an INIT asked for into a cookie and reads it from there when it comes back (RFC 9260,
 * 5.1.3), so that an INIT by itself changes nothing, in whatever state it arrives.
 *
 * <p>The peer is authenticated by DTLS, so the cookie need not protect against forged addresses. It
 * is signed nevertheless, which costs little: nobody can bring back an agreement that this side
 * never offered.
 */
final class StateCookie {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_LENGTH = 32;
  private static final int MAC_LENGTH = 32;
  private static final int CONTENT_LENGTH = 41;
  private static final int FORWARD = 1;
  private static final int RESET = 2;

  private final SecretKeySpec key;

  /**
   * What a cookie holds.
   *
   * @param localTieTag the tags of the association that there was when the INIT came, or 0
   * @param peerTieTag see {@code localTieTag}
   * @param madeNs when
   */
  record Content(Agreement agreement, int localTieTag, int peerTieTag, long madeNs) {}

  StateCookie(RandomGenerator random) {
    byte[] secret = new byte[KEY_LENGTH];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  ByteBuffer write(Content content) {
    Agreement agreement = content.agreement();
    ByteBuffer cookie = ByteBuffer.allocate(CONTENT_LENGTH + MAC_LENGTH);
    cookie.putInt(agreement.localTag()).putInt(agreement.localTsn());
    cookie.putInt(agreement.peerTag()).putInt(agreement.peerTsn());
    cookie.putInt((int) agreement.peerWindow());
    cookie.putShort((short) agreement.outgoingStreams());
    cookie.putShort((short) agreement.incomingStreams());
    cookie.put(
        (byte) ((agreement.mayForward() ? FORWARD : 0) | (agreement.mayReset() ? RESET : 0)));
    cookie.putInt(content.localTieTag()).putInt(content.peerTieTag());
    cookie.putLong(content.madeNs());
    return cookie.put(mac(cookie.duplicate().flip())).flip();
  }

  /** What is in a cookie; empty when it is none of this side's. */
  Optional<Content> read(ByteBuffer cookie) {
    if (cookie.remaining() != CONTENT_LENGTH + MAC_LENGTH) {
      return Optional.empty();
    }
    byte[] signature = new byte[MAC_LENGTH];
    cookie.get(CONTENT_LENGTH, signature);
    if (!MessageDigest.isEqual(mac(cookie.slice(0, CONTENT_LENGTH)), signature)) {
      return Optional.empty();
    }
    ByteBuffer in = cookie.duplicate();
    int localTag = in.getInt();
    int localTsn = in.getInt();
    int peerTag = in.getInt();
    int peerTsn = in.getInt();
    long peerWindow = Integer.toUnsignedLong(in.getInt());
    int outgoing = in.getShort() & 0xFFFF;
    int incoming = in.getShort() & 0xFFFF;
    int flags = in.get();
    Agreement agreement =
        new Agreement(
            localTag,
            localTsn,
            peerTag,
            peerTsn,
            peerWindow,
            outgoing,
            incoming,
            (flags & FORWARD) != 0,
            (flags & RESET) != 0);
    return Optional.of(new Content(agreement, in.getInt(), in.getInt(), in.getLong()));
  }

  private byte[] mac(ByteBuffer content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(content);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
