package dev.crosspoint.media.engine.srtp;

import java.nio.ByteBuffer;

/**
 * The primitives under SRTP. An implementation makes keyed objects that work in place, at absolute
 * offsets, on direct or heap buffers, and leave position and limit alone. Each keyed object is used
 * by one thread. No method keeps a reference to its arguments.
 */
public interface SrtpCryptoProvider {

  /** AES-128-GCM with a 12 byte nonce and a 16 byte tag. */
  AeadCipher aesGcm(byte[] key);

  /** AES-128 in counter mode. */
  CounterCipher aesCounter(byte[] key);

  /** HMAC-SHA1 with its full 20 byte output. */
  PacketMac hmacSha1(byte[] key);

  /** An authenticated cipher; its key serves one direction only. */
  interface AeadCipher extends AutoCloseable {
    /** Bytes that {@link #seal} writes behind the text. */
    int TAG_LENGTH = 16;

    /**
     * Encrypts {@code text[textOffset, textOffset + textLength)} in place and writes the tag behind
     * it. The caller never passes the same nonce twice.
     *
     * @param nonceHead the first four bytes of the nonce, the first of them in the highest bits
     * @param nonceTail the other eight
     * @param aad its first {@code aadLength} bytes are authenticated, not encrypted; may be the
     *     same buffer as {@code text}
     */
    void seal(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength);

    /**
     * Decrypts in place.
     *
     * @param textLength bytes of ciphertext without the tag that follows them
     * @return false when the tag does not match; the text is undefined then
     */
    boolean open(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength);

    /** Forgets the key and gives native memory back. */
    @Override
    void close();
  }

  /** A key stream. */
  interface CounterCipher extends AutoCloseable {
    /**
     * Combines the bytes with the key stream, in place; encrypts and decrypts alike.
     *
     * @param counter 16 bytes, the first counter block
     */
    void apply(byte[] counter, ByteBuffer buffer, int offset, int length);

    /** Forgets the key and gives native memory back. */
    @Override
    void close();
  }

  /** A keyed hash. */
  interface PacketMac extends AutoCloseable {
    int OUTPUT_LENGTH = 20;

    /**
     * @param out takes {@link #OUTPUT_LENGTH} bytes
     */
    void compute(ByteBuffer buffer, int offset, int length, byte[] out);

    /** Forgets the key and gives native memory back. */
    @Override
    void close();
  }
}
