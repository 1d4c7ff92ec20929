package dev.crosspoint.web.health;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether this server is on its way out and takes nobody new. */
@ApplicationScoped
public class Draining {
  private volatile boolean begun;

  /** From now on this server is not ready. */
  public void begin() {
    begun = true;
  }

  /** Whether {@link #begin} was called. */
  public boolean begun() {
    return begun;
  }
}
