package dev.crosspoint.media.engine.srtp;

/** The SRTP protection profiles that the engine speaks (RFC 5764, 4.1.2 and RFC 7714, 14.2). */
public enum SrtpProfile {
  /** AES in counter mode with an 80 bit HMAC-SHA1 tag. */
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14),
  /** AES in Galois/counter mode with a 16 byte tag. */
  AEAD_AES_128_GCM(0x0007, 16, 12);

  private final int id;
  private final int keyLength;
  private final int saltLength;

  SrtpProfile(int id, int keyLength, int saltLength) {
    this.id = id;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
  }

  /** Number in the {@code use_srtp} extension. */
  public int id() {
    return id;
  }

  /** Bytes of the master key. */
  public int keyLength() {
    return keyLength;
  }

  /** Bytes of the master salt. */
  public int saltLength() {
    return saltLength;
  }
}
