package dev.crosspoint.admission.entity;

import java.util.Locale;

/** What calls may use the SFU for. */
public enum SfuFlag {
  /** Calls use it as they should. */
  ON,
  /** Calls that use it go on, no other call begins to. */
  DRAIN,
  /** No call uses it. */
  OFF;

  /** As it is set and kept: {@code on}, {@code drain} or {@code off}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The inverse of {@link #text}.
   *
   * @throws IllegalArgumentException when the text is none of them
   */
  public static SfuFlag of(String text) {
    for (SfuFlag flag : values()) {
      if (flag.text().equals(text)) {
        return flag;
      }
    }
    throw new IllegalArgumentException("the SFU flag is on, drain or off, but not " + text);
  }
}
