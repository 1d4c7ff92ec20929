package dev.crosspoint.media.api;

/**
 * Names a producer: one media source that a client sends to a router. Chosen by the caller, so that
 * a repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record ProducerId(String value) {
  public ProducerId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
