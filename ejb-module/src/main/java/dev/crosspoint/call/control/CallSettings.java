package dev.crosspoint.call.control;

import dev.crosspoint.contract.IceServer;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.TransitionTimes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about calls. */
@Singleton
public class CallSettings {
  private final TopologyPolicy policy;
  private final List<IceServer> iceServers;

  /**
   * @param meshSize up to how many people talk directly
   * @param capacity how many people one call may have
   * @param returnDelay how long a call must have been small before it leaves the SFU
   * @param iceUrls STUN and TURN servers for clients, separated by commas
   * @param iceUsername for the TURN servers among them
   * @param iceCredential for the TURN servers among them
   * @throws IllegalArgumentException when mesh size and capacity contradict each other
   */
  @Inject
  public CallSettings(
      @ConfigProperty(name = "crosspoint.mesh-size", defaultValue = "2") int meshSize,
      @ConfigProperty(name = "crosspoint.call-capacity", defaultValue = "50") int capacity,
      @ConfigProperty(name = "crosspoint.transition.return-delay", defaultValue = "PT5S")
          Duration returnDelay,
      @ConfigProperty(name = "crosspoint.ice.urls") Optional<List<String>> iceUrls,
      @ConfigProperty(name = "crosspoint.ice.username") Optional<String> iceUsername,
      @ConfigProperty(name = "crosspoint.ice.credential") Optional<String> iceCredential) {
    policy = new TopologyPolicy(meshSize, capacity, returnDelay);
    iceServers =
        iceUrls
            .map(urls -> List.of(new IceServer(urls, iceUsername, iceCredential)))
            .orElse(List.of());
  }

  /** Which topology a call should have. */
  public TopologyPolicy policy() {
    return policy;
  }

  /** How long the steps of a transition may take. */
  public TransitionTimes times() {
    return TransitionTimes.DEFAULT;
  }

  /** What clients may use to reach each other; empty when host addresses are enough. */
  public List<IceServer> iceServers() {
    return iceServers;
  }
}
