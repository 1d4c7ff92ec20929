package dev.crosspoint.report.boundary;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;

/** What the health checks ask. Every answer is found out anew. */
public interface HealthFacts {
  /** Whether the schema is at the version of this application. */
  boolean migrated();

  /** Whether the database answers. */
  boolean databaseReachable();

  /** Whether this server holds its lease; without it, it lets nobody into calls. */
  boolean leaseHeld();

  /**
   * The engine's counters and the liveness of its loops.
   *
   * @throws MediaException when the adapter does not run
   */
  MediaStats media();
}
