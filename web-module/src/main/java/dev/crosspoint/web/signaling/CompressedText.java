package dev.crosspoint.web.signaling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A message as clients send it on a line that it would fill for a noticeable time: UTF-8, deflated
 * (RFC 1951). Descriptions and parameters are mostly words that occur again, and become a third.
 */
final class CompressedText {
  private static final int USUAL_LENGTH = 8_192;

  private CompressedText() {}

  /**
   * The text; of one that is longer than {@code maxLength} bytes only so much that it is seen to be
   * too long. What cannot be unpacked becomes empty: no message.
   */
  static String of(byte[] deflated, int maxLength) {
    byte[] text = new byte[Math.min(maxLength + 1, USUAL_LENGTH)];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(deflated);
      int length = 0;
      while (!inflater.finished() && length <= maxLength) {
        if (length == text.length) {
          text = Arrays.copyOf(text, Math.min(maxLength + 1, 2 * length));
        }
        int more = inflater.inflate(text, length, text.length - length);
        if (more == 0) {
          return "";
        }
        length += more;
      }
      return new String(text, 0, length, StandardCharsets.UTF_8);
    } catch (DataFormatException notDeflated) {
      return "";
    }
  }
}
