package dev.crosspoint.call.control;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Names for calls and participants: short enough to read out, too many to guess. */
@Singleton
public class CallIds {
  /** Without vowels and look-alikes, so that no words and no misreadings come up. */
  private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";

  private static final int LENGTH = 16; // 27^16 is more than 2^76

  private final SecureRandom random = new SecureRandom();

  /** A fresh id. */
  public String next() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
