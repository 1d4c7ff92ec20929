package dev.crosspoint.web.health;

import dev.crosspoint.report.boundary.HealthFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: the schema is migrated and the media engine has its ports. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {
  @Inject private HealthFacts facts;

  @Override
  public HealthCheckResponse call() {
    boolean migrated = facts.migrated();
    boolean bound = EngineState.of(facts).bound();
    return HealthCheckResponse.named("started")
        .withData("migrated", migrated)
        .withData("mediaBound", bound)
        .status(migrated && bound)
        .build();
  }
}
