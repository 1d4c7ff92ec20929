package dev.crosspoint.media.engine.ice;

import java.util.random.RandomGenerator;

/** A user name fragment and password (RFC 8445, 5.3), both of ICE characters only. */
public record IceCredentials(String usernameFragment, String password) {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int FRAGMENT_LENGTH = 16;
  private static final int PASSWORD_LENGTH = 32;

  /** New credentials of 96 and 192 random bits. */
  public static IceCredentials generate(RandomGenerator random) {
    return new IceCredentials(text(random, FRAGMENT_LENGTH), text(random, PASSWORD_LENGTH));
  }

  /** The password never reaches a log. */
  @Override
  public String toString() {
    return "IceCredentials[" + usernameFragment + "]";
  }

  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }
}
