package dev.crosspoint.report.control;

import dev.crosspoint.data.DatabaseMigration;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.control.MediaGateway;
import dev.crosspoint.node.control.HeldLease;
import dev.crosspoint.report.boundary.HealthFacts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Health facts from where they are known. */
@Singleton
public class ApplicationHealth implements HealthFacts {
  private final DatabaseMigration database;
  private final HeldLease lease;
  private final MediaGateway media;

  @Inject
  public ApplicationHealth(DatabaseMigration database, HeldLease lease, MediaGateway media) {
    this.database = database;
    this.lease = lease;
    this.media = media;
  }

  @Override
  public boolean migrated() {
    return database.done();
  }

  @Override
  public boolean databaseReachable() {
    return database.reachable();
  }

  @Override
  public boolean leaseHeld() {
    return lease.held();
  }

  @Override
  public MediaStats media() {
    return media.stats();
  }
}
