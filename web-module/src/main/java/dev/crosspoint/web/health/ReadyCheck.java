package dev.crosspoint.web.health;

import dev.crosspoint.report.boundary.HealthFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready: new people can be served. The database answers, calls can be owned, media has its ports,
 * nobody drains us.
 */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {
  @Inject private HealthFacts facts;
  @Inject private Draining draining;

  @Override
  public HealthCheckResponse call() {
    boolean database = facts.databaseReachable();
    boolean lease = facts.leaseHeld();
    boolean bound = EngineState.of(facts).bound();
    return HealthCheckResponse.named("ready")
        .withData("database", database)
        .withData("lease", lease)
        .withData("mediaBound", bound)
        .withData("draining", draining.begun())
        .status(database && lease && bound && !draining.begun())
        .build();
  }
}
