package dev.crosspoint.media.io.crypto;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * SRTP's primitives by OpenSSL's EVP interface, in place and without garbage on direct buffers.
 * Heap buffers are copied through native memory.
 */
public final class OpenSslSrtpCrypto implements SrtpCryptoProvider {

  private OpenSslSrtpCrypto() {}

  /** The provider; empty when OpenSSL 3 is not on this machine or may not be called. */
  public static Optional<SrtpCryptoProvider> open() {
    return LibCrypto.isPresent() ? Optional.of(new OpenSslSrtpCrypto()) : Optional.empty();
  }

  @Override
  public AeadCipher aesGcm(byte[] key) {
    return new Gcm(new EvpCipher(LibCrypto.EVP_AES_128_GCM, key));
  }

  @Override
  public CounterCipher aesCounter(byte[] key) {
    return new Counter(new EvpCipher(LibCrypto.EVP_AES_128_CTR, key));
  }

  @Override
  public PacketMac hmacSha1(byte[] key) {
    return new Mac(new EvpMac(key));
  }

  private static ByteBuffer copyOf(ByteBuffer buffer, int offset, int length, int room) {
    return ByteBuffer.allocateDirect(length + room).put(0, buffer, offset, length);
  }

  private record Gcm(EvpCipher cipher) implements AeadCipher {
    @Override
    public void seal(
        int nonceHead,
        long nonceTail,
        ByteBuffer aad,
        int aadLength,
        ByteBuffer text,
        int textOffset,
        int textLength) {
      if (!text.isDirect()) {
        ByteBuffer copy = copyOf(text, textOffset, textLength, TAG_LENGTH);
        seal(nonceHead, nonceTail, aad, aadLength, copy, 0, textLength);
        text.put(textOffset, copy, 0, textLength + TAG_LENGTH);
        return;
      }
      try {
        long address = NativeView.address(text, textOffset);
        cipher.start(nonceHead, nonceTail, true);
        authenticate(aad, aadLength);
        cipher.update(address, address, textLength);
        cipher.finish();
        cipher.control(LibCrypto.EVP_CTRL_AEAD_GET_TAG, TAG_LENGTH, address + textLength);
      } finally {
        Reference.reachabilityFence(text);
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
      if (!text.isDirect()) {
        ByteBuffer copy = copyOf(text, textOffset, textLength + TAG_LENGTH, 0);
        boolean authentic = open(nonceHead, nonceTail, aad, aadLength, copy, 0, textLength);
        text.put(textOffset, copy, 0, textLength);
        return authentic;
      }
      try {
        long address = NativeView.address(text, textOffset);
        cipher.start(nonceHead, nonceTail, false);
        authenticate(aad, aadLength);
        cipher.update(address, address, textLength);
        cipher.control(LibCrypto.EVP_CTRL_AEAD_SET_TAG, TAG_LENGTH, address + textLength);
        return cipher.finish();
      } finally {
        Reference.reachabilityFence(text);
      }
    }

    private void authenticate(ByteBuffer aad, int length) {
      ByteBuffer direct = aad.isDirect() ? aad : copyOf(aad, 0, length, 0);
      try {
        cipher.update(LibCrypto.NULL, NativeView.address(direct, 0), length);
      } finally {
        Reference.reachabilityFence(direct);
      }
    }

    @Override
    public void close() {
      cipher.close();
    }
  }

  private record Counter(EvpCipher cipher) implements CounterCipher {
    @Override
    public void apply(byte[] counter, ByteBuffer buffer, int offset, int length) {
      if (!buffer.isDirect()) {
        ByteBuffer copy = copyOf(buffer, offset, length, 0);
        apply(counter, copy, 0, length);
        buffer.put(offset, copy, 0, length);
        return;
      }
      try {
        long address = NativeView.address(buffer, offset);
        cipher.start(counter);
        cipher.update(address, address, length);
      } finally {
        Reference.reachabilityFence(buffer);
      }
    }

    @Override
    public void close() {
      cipher.close();
    }
  }

  private record Mac(EvpMac mac) implements PacketMac {
    @Override
    public void compute(ByteBuffer buffer, int offset, int length, byte[] out) {
      ByteBuffer direct = buffer.isDirect() ? buffer : copyOf(buffer, offset, length, 0);
      int start = buffer.isDirect() ? offset : 0;
      try {
        mac.compute(NativeView.address(direct, start), length, out);
      } finally {
        Reference.reachabilityFence(direct);
      }
    }

    @Override
    public void close() {
      mac.close();
    }
  }
}
