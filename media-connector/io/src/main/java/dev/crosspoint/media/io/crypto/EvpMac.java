package dev.crosspoint.media.io.crypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider.PacketMac;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A keyed HMAC-SHA1 {@code EVP_MAC_CTX}. Its owner closes it. */
final class EvpMac {

  /** Two {@code OSSL_PARAM} structures: key, type, data, data size, return size; then the end. */
  private static final long PARAM_SIZE = 40;

  private final long context;
  private final MemorySegment result;
  private final long resultAddress;
  private final long lengthAddress;
  private boolean closed;

  EvpMac(byte[] key) {
    Arena arena = Arena.ofAuto();
    this.result = arena.allocate(PacketMac.OUTPUT_LENGTH + Integer.BYTES + Long.BYTES, Long.BYTES);
    this.resultAddress = result.address();
    this.lengthAddress = resultAddress + PacketMac.OUTPUT_LENGTH + Integer.BYTES;
    this.context = newContext();
    setKey(key);
  }

  private static long newContext() {
    try (Arena arena = Arena.ofConfined()) {
      long algorithm =
          OpenSslException.checkPointer(
              (long)
                  LibCrypto.EVP_MAC_FETCH.invokeExact(
                      LibCrypto.NULL, arena.allocateFrom("HMAC").address(), LibCrypto.NULL),
              "EVP_MAC_fetch");
      long context =
          OpenSslException.checkPointer(
              (long) LibCrypto.EVP_MAC_CTX_NEW.invokeExact(algorithm), "EVP_MAC_CTX_new");
      // The context holds a reference of its own.
      LibCrypto.EVP_MAC_FREE.invokeExact(algorithm);
      return context;
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }

  private void setKey(byte[] key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment secret = arena.allocateFrom(JAVA_BYTE, key);
      OpenSslException.check(
          (int)
              LibCrypto.EVP_MAC_INIT.invokeExact(
                  context, secret.address(), (long) key.length, sha1(arena)),
          "EVP_MAC_init");
      secret.fill((byte) 0);
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }

  private static long sha1(Arena arena) {
    MemorySegment params = arena.allocate(2 * PARAM_SIZE, Long.BYTES);
    params.set(JAVA_LONG, 0, arena.allocateFrom("digest").address());
    params.set(JAVA_INT, 8, LibCrypto.OSSL_PARAM_UTF8_STRING);
    params.set(JAVA_LONG, 16, arena.allocateFrom("SHA1").address());
    params.set(JAVA_LONG, 24, "SHA1".length());
    return params.address();
  }

  void compute(long address, int length, byte[] out) {
    try {
      OpenSslException.check(
          (int) LibCrypto.EVP_MAC_INIT.invokeExact(context, LibCrypto.NULL, 0L, LibCrypto.NULL),
          "EVP_MAC_init");
      OpenSslException.check(
          (int) LibCrypto.EVP_MAC_UPDATE.invokeExact(context, address, (long) length),
          "EVP_MAC_update");
      OpenSslException.check(
          (int)
              LibCrypto.EVP_MAC_FINAL.invokeExact(
                  context, resultAddress, lengthAddress, (long) PacketMac.OUTPUT_LENGTH),
          "EVP_MAC_final");
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
    MemorySegment.copy(result, JAVA_BYTE, 0, out, 0, PacketMac.OUTPUT_LENGTH);
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      LibCrypto.EVP_MAC_CTX_FREE.invokeExact(context);
    } catch (Throwable e) {
      throw OpenSslException.rethrow(e);
    }
  }
}
