package dev.crosspoint.media.engine.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of a short-term credential (RFC 8489, 9.1.1). */
public final class StunKey {
  private final Mac mac;

  /**
   * @throws IllegalStateException when the platform lacks HMAC-SHA1, which every one must have
   */
  public StunKey(String password) {
    try {
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("unusable password", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is required of every Java platform", e);
    }
  }

  /**
   * HMAC over the bytes in front of MESSAGE-INTEGRITY, with the length field as if the message
   * ended behind that attribute.
   */
  byte[] integrity(byte[] message, int length) {
    int declared = length + 24 - StunMessage.HEADER_LENGTH;
    mac.update(message, 0, 2);
    mac.update((byte) (declared >>> 8));
    mac.update((byte) declared);
    mac.update(message, 4, length - 4);
    return mac.doFinal();
  }
}
