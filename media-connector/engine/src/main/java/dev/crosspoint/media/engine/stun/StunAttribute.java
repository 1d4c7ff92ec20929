package dev.crosspoint.media.engine.stun;

/** Attribute types (RFC 8489, 18.3 and RFC 8445, 20.1). */
public final class StunAttribute {
  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;
  public static final int ICE_CONTROLLING = 0x802A;

  private StunAttribute() {}

  /** Whether a receiver that does not know the attribute refuses the message. */
  static boolean isComprehensionRequired(int type) {
    return type < 0x8000;
  }

  /** Whether an ICE-lite agent knows it. */
  static boolean isKnown(int type) {
    return switch (type) {
      case USERNAME,
          MESSAGE_INTEGRITY,
          ERROR_CODE,
          UNKNOWN_ATTRIBUTES,
          XOR_MAPPED_ADDRESS,
          PRIORITY,
          USE_CANDIDATE,
          FINGERPRINT,
          ICE_CONTROLLED,
          ICE_CONTROLLING ->
          true;
      default -> false;
    };
  }
}
