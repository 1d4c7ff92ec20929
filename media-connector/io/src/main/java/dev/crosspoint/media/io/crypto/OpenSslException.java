package dev.crosspoint.media.io.crypto;

/** OpenSSL refused what it never should. */
final class OpenSslException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OpenSslException(String function) {
    super(function + " failed");
  }

  /** OpenSSL answers 1 when all is well. */
  static void check(int result, String function) {
    if (result != 1) {
      throw new OpenSslException(function);
    }
  }

  static long checkPointer(long pointer, String function) {
    if (pointer == LibCrypto.NULL) {
      throw new OpenSslException(function);
    }
    return pointer;
  }

  /** Method handles may throw anything; ours throw unchecked exceptions only. */
  static RuntimeException rethrow(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> new IllegalStateException("a native call threw a checked exception", thrown);
    };
  }
}
