package dev.crosspoint.media.engine.srtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Session keys from a master key (RFC 3711, 4.3.1; RFC 7714, 11), key derivation rate 0. */
final class SrtpKeyDerivation {
  static final int RTP_ENCRYPTION = 0;
  static final int RTP_AUTHENTICATION = 1;
  static final int RTP_SALT = 2;
  static final int RTCP_ENCRYPTION = 3;
  static final int RTCP_AUTHENTICATION = 4;
  static final int RTCP_SALT = 5;

  private static final int SALT_LENGTH = 14;

  private final SrtpCryptoProvider crypto;
  private final byte[] masterKey;
  private final byte[] masterSalt;

  SrtpKeyDerivation(SrtpCryptoProvider crypto, byte[] masterKey, byte[] masterSalt) {
    this.crypto = crypto;
    this.masterKey = masterKey;
    // The 96 bit salt of GCM is filled up with zeros on the right.
    this.masterSalt = Arrays.copyOf(masterSalt, SALT_LENGTH);
  }

  byte[] derive(int label, int length) {
    byte[] counter = Arrays.copyOf(masterSalt, 16);
    counter[7] ^= (byte) label;
    ByteBuffer key = ByteBuffer.allocate(length);
    try (SrtpCryptoProvider.CounterCipher cipher = crypto.aesCounter(masterKey)) {
      cipher.apply(counter, key, 0, length);
    }
    return key.array();
  }
}
