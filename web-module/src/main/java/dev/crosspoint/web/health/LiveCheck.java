package dev.crosspoint.web.health;

import dev.crosspoint.report.boundary.HealthFacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Live: every loop of the media engine takes its turns. Nothing outside this process counts. */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {
  @Inject private HealthFacts facts;

  @Override
  public HealthCheckResponse call() {
    EngineState engine = EngineState.of(facts);
    return HealthCheckResponse.named("live")
        .withData("loops", engine.loops().size())
        .status(engine.turning())
        .build();
  }
}
