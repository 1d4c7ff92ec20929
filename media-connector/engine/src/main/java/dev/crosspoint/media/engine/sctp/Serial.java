package dev.crosspoint.media.engine.sctp;

/** Numbers that roll over, extended to such that do not (RFC 9260, 1.6). */
final class Serial {
  private Serial() {}

  /** The number nearest to the reference that has these low 32 bits. */
  static long tsn(int wire, long reference) {
    return reference + (wire - (int) reference);
  }

  /** The number nearest to the reference that has these low 16 bits. */
  static long ssn(int wire, long reference) {
    return reference + (short) (wire - (int) reference);
  }
}
