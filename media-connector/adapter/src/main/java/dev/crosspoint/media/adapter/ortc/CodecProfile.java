package dev.crosspoint.media.adapter.ortc;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells apart forms of one codec when who can take one may not be able to take the other. Levels
 * are none: they limit sizes and rates, which senders adapt.
 */
final class CodecProfile {

  /** RFC 6184, section 8.1: what is inferred without one. */
  private static final String BASELINE_LEVEL_1 = "42000a";

  private static final String PROFILE_LEVEL_ID = "[0-9A-Fa-f]{6}";

  /** RFC 6184, section 8.1, table 5, and the Constrained High profile of ITU-T H.264, A.2.4.2. */
  private static final List<H264> H264_PROFILES =
      List.of(
          new H264("constrained baseline", 0x42, 0b0100_1111, 0b0100_0000),
          new H264("constrained baseline", 0x4D, 0b1000_1111, 0b1000_0000),
          new H264("constrained baseline", 0x58, 0b1100_1111, 0b1100_0000),
          new H264("baseline", 0x42, 0b0100_1111, 0),
          new H264("baseline", 0x58, 0b1100_1111, 0b1000_0000),
          new H264("main", 0x4D, 0b1010_1111, 0),
          new H264("extended", 0x58, 0b1100_1111, 0),
          new H264("high", 0x64, 0b1111_1111, 0),
          new H264("constrained high", 0x64, 0b1111_1111, 0b0000_1100));

  private CodecProfile() {}

  /** A profile by its number and the bits of its constraints that matter. */
  private record H264(String name, int number, int mask, int constraints) {
    boolean is(int profileNumber, int profileConstraints) {
      return number == profileNumber && (profileConstraints & mask) == constraints;
    }
  }

  /**
   * The form of a codec.
   *
   * @param parameters its format parameters
   * @return equal for equal forms; empty when the codec has only one
   */
  static String of(String mimeType, Map<String, Object> parameters) {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "video/vp9" -> text(parameters, "profile-id", "0");
      case "video/av1" -> text(parameters, "profile", "0");
      case "video/h264" ->
          h264(text(parameters, "profile-level-id", BASELINE_LEVEL_1))
              + ", packetization mode "
              + text(parameters, "packetization-mode", "0");
      default -> "";
    };
  }

  private static String h264(String profileLevelId) {
    if (!profileLevelId.matches(PROFILE_LEVEL_ID)) {
      return "malformed";
    }
    int bits = Integer.parseInt(profileLevelId, 16);
    int number = bits >>> 16;
    int constraints = (bits >>> 8) & 0xFF;
    return H264_PROFILES.stream()
        .filter(profile -> profile.is(number, constraints))
        .map(H264::name)
        .findFirst()
        .orElseGet(() -> profileLevelId.substring(0, 4).toLowerCase(Locale.ROOT));
  }

  /** What looks like a number may have become one on its way here. */
  private static String text(Map<String, Object> parameters, String name, String otherwise) {
    Object value = parameters.getOrDefault(name, otherwise);
    return value instanceof Number number ? Long.toString(number.longValue()) : value.toString();
  }
}
