package dev.crosspoint.media.adapter.ortc;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Retransmission formats among codecs (RFC 4588). */
final class Rtx {

  /** The format parameter that names the payload type which is retransmitted. */
  static final String ASSOCIATED_PAYLOAD_TYPE = "apt";

  private Rtx() {}

  static boolean is(String mimeType) {
    return mimeType.toLowerCase(Locale.ROOT).endsWith("/rtx");
  }

  /** The payload type that a retransmission format belongs to. */
  static OptionalInt associated(Map<String, Object> parameters) {
    return parameters.get(ASSOCIATED_PAYLOAD_TYPE) instanceof Number number
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }
}
