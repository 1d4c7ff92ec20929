package dev.crosspoint.e2e;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A connectivity check of a controlling ICE agent (RFC 8445, section 7.2.2) as bytes.
 *
 * @param fragment the server's user name fragment
 * @param password the server's password
 */
record StunCheck(String fragment, String password) {
  private static final int HEADER = 20;
  private static final int INTEGRITY = 24;
  private static final int FINGERPRINT = 8;
  private static final int FINGERPRINT_XOR = 0x5354554e;

  /** The check with a transaction id made of one number. */
  byte[] bytes(int transaction) throws GeneralSecurityException {
    byte[] username = (fragment + ":test").getBytes(StandardCharsets.UTF_8);
    int padded = (username.length + 3) / 4 * 4;
    int attributes = 4 + padded + 8 + 12;
    ByteBuffer out = ByteBuffer.allocate(HEADER + attributes + INTEGRITY + FINGERPRINT);
    out.putShort((short) 0x0001).putShort((short) (attributes + INTEGRITY));
    out.putInt(0x2112A442).putLong(0).putInt(transaction);
    out.putShort((short) 0x0006).putShort((short) username.length);
    out.put(Arrays.copyOf(username, padded));
    out.putShort((short) 0x0024).putShort((short) 4).putInt(1);
    out.putShort((short) 0x802A).putShort((short) 8).putLong(transaction);
    byte[] integrity = hmac(Arrays.copyOf(out.array(), HEADER + attributes));
    out.putShort((short) 0x0008).putShort((short) integrity.length).put(integrity);
    out.putShort(2, (short) (attributes + INTEGRITY + FINGERPRINT));
    CRC32 crc = new CRC32();
    crc.update(out.array(), 0, out.position());
    out.putShort((short) 0x8028).putShort((short) 4).putInt((int) crc.getValue() ^ FINGERPRINT_XOR);
    return out.array();
  }

  private byte[] hmac(byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return mac.doFinal(message);
  }
}
