package dev.crosspoint.web.rest;

/**
 * Asks for a new call.
 *
 * @param name what people call it, 1 to 120 characters
 */
public record NewCallRequest(String name) {
  private static final int MAX_LENGTH = 120;

  public NewCallRequest {
    name = DisplayText.checked("name", name, MAX_LENGTH);
  }
}
