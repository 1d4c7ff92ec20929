package dev.crosspoint.media.io.crypto;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenSSL 3's libcrypto that SRTP needs, as method handles. Pointers are passed as
 * {@code long}, which spares the packet path one object for each argument. They are constants, so
 * that the compiler can inline the calls.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class LibCrypto {

  static final String NAME = "libcrypto.so.3";

  private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup(NAME, Arena.global());

  static final MethodHandle EVP_AES_128_GCM = function("EVP_aes_128_gcm", JAVA_LONG);
  static final MethodHandle EVP_AES_128_CTR = function("EVP_aes_128_ctr", JAVA_LONG);
  static final MethodHandle EVP_CIPHER_CTX_NEW = function("EVP_CIPHER_CTX_new", JAVA_LONG);
  static final MethodHandle EVP_CIPHER_CTX_FREE = procedure("EVP_CIPHER_CTX_free", JAVA_LONG);

  /** Context, cipher, engine, key, initialisation vector, whether to encrypt. */
  static final MethodHandle EVP_CIPHER_INIT_EX =
      function(
          "EVP_CipherInit_ex",
          JAVA_INT,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_INT);

  /** Context, output, output length, input, input length. */
  static final MethodHandle EVP_CIPHER_UPDATE =
      function("EVP_CipherUpdate", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);

  /** Context, output, output length. */
  static final MethodHandle EVP_CIPHER_FINAL_EX =
      function("EVP_CipherFinal_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Context, command, argument, pointer. */
  static final MethodHandle EVP_CIPHER_CTX_CTRL =
      function("EVP_CIPHER_CTX_ctrl", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);

  /** Library context, algorithm, properties. */
  static final MethodHandle EVP_MAC_FETCH =
      function("EVP_MAC_fetch", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  static final MethodHandle EVP_MAC_FREE = procedure("EVP_MAC_free", JAVA_LONG);
  static final MethodHandle EVP_MAC_CTX_NEW = function("EVP_MAC_CTX_new", JAVA_LONG, JAVA_LONG);
  static final MethodHandle EVP_MAC_CTX_FREE = procedure("EVP_MAC_CTX_free", JAVA_LONG);

  /** Context, key, key length, parameters. */
  static final MethodHandle EVP_MAC_INIT =
      function("EVP_MAC_init", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Context, data, data length. */
  static final MethodHandle EVP_MAC_UPDATE =
      function("EVP_MAC_update", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /** Context, output, output length, output size. */
  static final MethodHandle EVP_MAC_FINAL =
      function("EVP_MAC_final", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  static final int EVP_CTRL_AEAD_GET_TAG = 0x10;
  static final int EVP_CTRL_AEAD_SET_TAG = 0x11;
  static final int OSSL_PARAM_UTF8_STRING = 4;
  static final long NULL = 0L;

  private LibCrypto() {}

  /** Whether the library is on this machine. */
  static boolean isPresent() {
    try (Arena probe = Arena.ofConfined()) {
      return SymbolLookup.libraryLookup(NAME, probe).find("EVP_MAC_fetch").isPresent();
    } catch (IllegalArgumentException | IllegalCallerException unavailable) {
      return false;
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... args) {
    return handle(name, FunctionDescriptor.of(result, args));
  }

  private static MethodHandle procedure(String name, MemoryLayout... args) {
    return handle(name, FunctionDescriptor.ofVoid(args));
  }

  /** They take under a microsecond and never call back, so they need no safepoint transition. */
  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(LIBRARY.findOrThrow(name), descriptor, Linker.Option.critical(false));
  }
}
