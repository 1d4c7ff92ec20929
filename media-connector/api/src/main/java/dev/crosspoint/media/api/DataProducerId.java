package dev.crosspoint.media.api;

/**
 * Names a data producer: one data channel on which a client sends to a router. Chosen by the
 * caller, so that a repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record DataProducerId(String value) {
  public DataProducerId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
