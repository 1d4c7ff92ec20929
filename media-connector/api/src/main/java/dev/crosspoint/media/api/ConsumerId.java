package dev.crosspoint.media.api;

/**
 * Names a consumer: one producer's media on its way to one client. Chosen by the caller, so that a
 * repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record ConsumerId(String value) {
  public ConsumerId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
