package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import java.nio.ByteBuffer;

/** Accepts everything and changes nothing: what is left is what the engine itself costs. */
final class NoCrypto implements SrtpCryptoProvider {
  @Override
  public AeadCipher aesGcm(byte[] key) {
    return new AeadCipher() {
      @Override
      public void seal(
          int nonceHead,
          long nonceTail,
          ByteBuffer aad,
          int aadLength,
          ByteBuffer text,
          int textOffset,
          int textLength) {
        // As it is.
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
        return true;
      }

      @Override
      public void close() {
        // Nothing to forget.
      }
    };
  }

  @Override
  public CounterCipher aesCounter(byte[] key) {
    return new CounterCipher() {
      @Override
      public void apply(byte[] counter, ByteBuffer buffer, int offset, int length) {
        // As it is.
      }

      @Override
      public void close() {
        // Nothing to forget.
      }
    };
  }

  @Override
  public PacketMac hmacSha1(byte[] key) {
    throw new UnsupportedOperationException("GCM needs none");
  }
}
