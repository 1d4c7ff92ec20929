package dev.crosspoint.media.io.crypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/** A keyed {@code EVP_CIPHER_CTX}. Its owner closes it. */
final class EvpCipher {

  private static final int MAX_VECTOR = 16;

  private final long context;

  /** Its memory goes with it, so that this stays reachable while it is written to by address. */
  private final MemorySegment vector;

  private final long vectorAddress;
  private final long lengthAddress;
  private boolean closed;

  /**
   * @param cipher {@code EVP_aes_128_gcm} or a sibling
   */
  EvpCipher(MethodHandle cipher, byte[] key) {
    Arena arena = Arena.ofAuto();
    this.vector = arena.allocate(MAX_VECTOR + Long.BYTES);
    this.vectorAddress = vector.address();
    this.lengthAddress = vectorAddress + MAX_VECTOR;
    this.context = newContext();
    setKey(cipher, key);
  }

  private static long newContext() {
    try {
      return OpenSslException.checkPointer(
          (long) LibCrypto.EVP_CIPHER_CTX_NEW.invokeExact(), "EVP_CIPHER_CTX_new");
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }

  private void setKey(MethodHandle cipher, byte[] key) {
    try (Arena secret = Arena.ofConfined()) {
      MemorySegment copy = secret.allocateFrom(JAVA_BYTE, key);
      OpenSslException.check(
          (int)
              LibCrypto.EVP_CIPHER_INIT_EX.invokeExact(
                  context,
                  (long) cipher.invokeExact(),
                  LibCrypto.NULL,
                  copy.address(),
                  LibCrypto.NULL,
                  1),
          "EVP_CipherInit_ex");
      copy.fill((byte) 0);
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }

  /** Starts a message under a vector of 12 bytes. */
  void start(int vectorHead, long vectorTail, boolean encrypt) {
    NativeView.put(vectorAddress, vectorHead, vectorTail);
    start(encrypt);
  }

  /** Starts a key stream under a vector of 16 bytes. */
  void start(byte[] initialisationVector) {
    MemorySegment.copy(initialisationVector, 0, vector, JAVA_BYTE, 0, initialisationVector.length);
    start(true);
  }

  private void start(boolean encrypt) {
    try {
      OpenSslException.check(
          (int)
              LibCrypto.EVP_CIPHER_INIT_EX.invokeExact(
                  context,
                  LibCrypto.NULL,
                  LibCrypto.NULL,
                  LibCrypto.NULL,
                  vectorAddress,
                  encrypt ? 1 : 0),
          "EVP_CipherInit_ex");
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * @param out where the result goes; null pointer for additional authenticated data
   */
  void update(long out, long in, int length) {
    try {
      OpenSslException.check(
          (int) LibCrypto.EVP_CIPHER_UPDATE.invokeExact(context, out, lengthAddress, in, length),
          "EVP_CipherUpdate");
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Ends a message; false when its tag does not match. */
  boolean finish() {
    try {
      // AEAD and counter modes have nothing left to write here.
      return (int) LibCrypto.EVP_CIPHER_FINAL_EX.invokeExact(context, vectorAddress, lengthAddress)
          == 1;
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  void control(int command, int argument, long pointer) {
    try {
      OpenSslException.check(
          (int) LibCrypto.EVP_CIPHER_CTX_CTRL.invokeExact(context, command, argument, pointer),
          "EVP_CIPHER_CTX_ctrl");
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      LibCrypto.EVP_CIPHER_CTX_FREE.invokeExact(context);
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }
}
