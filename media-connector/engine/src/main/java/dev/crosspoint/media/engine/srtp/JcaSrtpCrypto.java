package dev.crosspoint.media.engine.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The primitives by the Java Cryptography Architecture: everywhere available, but every packet
 * costs some garbage.
 */
public final class JcaSrtpCrypto implements SrtpCryptoProvider {
  private static final int SCRATCH = 4096;
  private static final String GCM = "AES/GCM/NoPadding";

  private final Supplier<Cipher> gcm;

  /** By whatever provider the platform prefers. */
  public JcaSrtpCrypto() {
    this(() -> Cipher.getInstance(GCM));
  }

  /**
   * @param provider of AES-GCM; the rest is done by whatever provider the platform prefers
   */
  public JcaSrtpCrypto(Provider provider) {
    this(() -> Cipher.getInstance(GCM, provider));
  }

  private JcaSrtpCrypto(Primitive<Cipher> gcm) {
    this.gcm = () -> made(gcm);
  }

  @Override
  public AeadCipher aesGcm(byte[] key) {
    return new Gcm(gcm.get(), new SecretKeySpec(key, "AES"));
  }

  @Override
  public CounterCipher aesCounter(byte[] key) {
    return new Counter(new SecretKeySpec(key, "AES"));
  }

  @Override
  public PacketMac hmacSha1(byte[] key) {
    return new HmacSha1(new SecretKeySpec(key, "HmacSHA1"));
  }

  private static IllegalStateException broken(GeneralSecurityException e) {
    return new IllegalStateException("a cipher that its provider should have does not work", e);
  }

  private interface Primitive<T> {
    T make() throws GeneralSecurityException;
  }

  private static <T> T made(Primitive<T> primitive) {
    try {
      return primitive.make();
    } catch (GeneralSecurityException e) {
      throw broken(e);
    }
  }

  private static final class Gcm implements AeadCipher {
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] scratch = new byte[SCRATCH];

    Gcm(Cipher cipher, SecretKeySpec key) {
      this.cipher = cipher;
      this.key = key;
    }

    @Override
    public void seal(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength) {
      try {
        byte[] nonce = nonce(nonceHead, nonceTail);
        run(Cipher.ENCRYPT_MODE, nonce, aad, aadLength, text, textOffset, textLength);
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public boolean open(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength) {
      try {
        byte[] nonce = nonce(nonceHead, nonceTail);
        int sealed = textLength + TAG_LENGTH;
        run(Cipher.DECRYPT_MODE, nonce, aad, aadLength, text, textOffset, sealed);
        return true;
      } catch (AEADBadTagException e) {
        return false;
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public void close() {
      // The garbage collector takes it all.
    }

    private static byte[] nonce(int head, long tail) {
      byte[] nonce = new byte[Integer.BYTES + Long.BYTES];
      ByteBuffer.wrap(nonce).putInt(head).putLong(tail);
      return nonce;
    }

    private void run(
        int mode,
        byte[] nonce,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int length)
        throws GeneralSecurityException {
      cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
      aad.get(0, scratch, 0, aadLength);
      cipher.updateAAD(scratch, 0, aadLength);
      text.get(textOffset, scratch, 0, length);
      int written = cipher.doFinal(scratch, 0, length, scratch, 0);
      text.put(textOffset, scratch, 0, written);
    }
  }

  private static final class Counter implements CounterCipher {
    private final Cipher cipher = made(() -> Cipher.getInstance("AES/CTR/NoPadding"));
    private final SecretKeySpec key;
    private final byte[] scratch = new byte[SCRATCH];

    Counter(SecretKeySpec key) {
      this.key = key;
    }

    @Override
    public void apply(byte[] counter, ByteBuffer buffer, int offset, int length) {
      try {
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
        buffer.get(offset, scratch, 0, length);
        cipher.doFinal(scratch, 0, length, scratch, 0);
        buffer.put(offset, scratch, 0, length);
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public void close() {
      // The garbage collector takes it all.
    }
  }

  private static final class HmacSha1 implements PacketMac {
    private final Mac mac;
    private final byte[] scratch = new byte[SCRATCH];

    HmacSha1(SecretKeySpec key) {
      mac =
          made(() -> {
            Mac keyed = Mac.getInstance("HmacSHA1");
            keyed.init(key);
            return keyed;
          });
    }

    @Override
    public void compute(ByteBuffer buffer, int offset, int length, byte[] out) {
      buffer.get(offset, scratch, 0, length);
      mac.update(scratch, 0, length);
      try {
        mac.doFinal(out, 0);
      } catch (GeneralSecurityException e) {
        throw broken(e);
      }
    }

    @Override
    public void close() {
      // The garbage collector takes it all.
    }
  }
}
