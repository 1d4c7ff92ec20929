package dev.crosspoint.web.rest;

/**
 * Asks for a guest's token.
 *
 * @param displayName what the others will see, 1 to 80 characters
 */
public record GuestSessionRequest(String displayName) {
  private static final int MAX_LENGTH = 80;

  public GuestSessionRequest {
    displayName = DisplayText.checked("displayName", displayName, MAX_LENGTH);
  }
}
