package dev.crosspoint.media.api;

/**
 * Names a router: the forwarding domain of one call on one media loop. Chosen by the caller, so
 * that a repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record RouterId(String value) {
  public RouterId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
