package dev.crosspoint.media.api;

/**
 * Names a data consumer: one data channel on which a client receives from a router. Chosen by the
 * caller, so that a repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record DataConsumerId(String value) {
  public DataConsumerId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
