package dev.crosspoint.media.engine.srtp;

/**
 * Master keys and salts of one DTLS association, as its exporter gave them (RFC 5764, 4.2).
 *
 * @param localKey for what the engine sends
 * @param remoteKey for what the client sends
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; secrets need no value semantics
public record SrtpKeys(
    SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {

  /**
   * @throws IllegalArgumentException when a key or salt does not have the profile's length
   */
  public SrtpKeys {
    localKey = checked(localKey, profile.keyLength());
    localSalt = checked(localSalt, profile.saltLength());
    remoteKey = checked(remoteKey, profile.keyLength());
    remoteSalt = checked(remoteSalt, profile.saltLength());
  }

  /** The same association seen from the other end. */
  public SrtpKeys mirrored() {
    return new SrtpKeys(
        profile,
        /* localKey= */ remoteKey,
        /* localSalt= */ remoteSalt,
        /* remoteKey= */ localKey,
        /* remoteSalt= */ localSalt);
  }

  /** Keys never reach a log. */
  @Override
  public String toString() {
    return "SrtpKeys[" + profile + "]";
  }

  private static byte[] checked(byte[] secret, int length) {
    if (secret.length != length) {
      throw new IllegalArgumentException("expected " + length + " bytes, got " + secret.length);
    }
    return secret.clone();
  }
}
