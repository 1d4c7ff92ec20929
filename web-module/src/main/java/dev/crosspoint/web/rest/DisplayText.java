package dev.crosspoint.web.rest;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import org.jspecify.annotations.Nullable;

/** Short text that people write and others read. */
final class DisplayText {
  private DisplayText() {}

  /**
   * The text without space around it.
   *
   * @throws CallFailure BAD_MESSAGE when it is missing, empty, too long or holds control characters
   */
  static String checked(String property, @Nullable String text, int maxLength) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty()
        || stripped.length() > maxLength
        || stripped.codePoints().anyMatch(Character::isISOControl)) {
      throw new CallFailure(
          ErrorCode.BAD_MESSAGE,
          property + " needs 1 to " + maxLength + " characters, none of them a control character");
    }
    return stripped;
  }
}
