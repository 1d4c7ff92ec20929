package dev.crosspoint.call.control;

import dev.crosspoint.contract.IceServer;
import dev.crosspoint.media.api.SpeakerPolicy;
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
  private final ProbeSettings probes;
  private final SpeakerPolicy speakers;
  private final List<IceServer> iceServers;

  /**
   * @param meshSize up to how many people talk directly
   * @param capacity how many people one call may have
   * @param fallbackSize up to how many people talk directly when the SFU cannot be had or reached
   * @param hybridDirect how many people may be kept over direct paths while others use the SFU
   * @param hybridSize how large a call may be in which somebody is kept so
   * @param returnDelay how long a call must have been small before it leaves the SFU
   * @param probe whether clients look in advance whether they can reach the SFU
   * @param probeInterval how often somebody who cannot reach the SFU looks again
   * @param loudestAudio how many people of a group call are heard at once, the loudest; 0 for all
   * @param lastVideo of how many people of a group call everybody is sent the camera, those who
   *     spoke last; 0 for all
   * @param iceUrls STUN and TURN servers for clients, separated by commas
   * @param iceUsername for the TURN servers among them
   * @param iceCredential for the TURN servers among them
   * @throws IllegalArgumentException when mesh size and capacity contradict each other, or a limit
   *     is negative
   */
  @Inject
  public CallSettings(
      @ConfigProperty(name = "crosspoint.mesh-size", defaultValue = "2") int meshSize,
      @ConfigProperty(name = "crosspoint.fallback-size", defaultValue = "3") int fallbackSize,
      @ConfigProperty(name = "crosspoint.hybrid.direct", defaultValue = "2") int hybridDirect,
      @ConfigProperty(name = "crosspoint.hybrid.size", defaultValue = "6") int hybridSize,
      @ConfigProperty(name = "crosspoint.call-capacity", defaultValue = "50") int capacity,
      @ConfigProperty(name = "crosspoint.transition.return-delay", defaultValue = "PT5S")
          Duration returnDelay,
      @ConfigProperty(name = "crosspoint.probe", defaultValue = "true") boolean probe,
      @ConfigProperty(name = "crosspoint.probe.interval", defaultValue = "PT30S")
          Duration probeInterval,
      @ConfigProperty(name = "crosspoint.loudest-audio", defaultValue = "0") int loudestAudio,
      @ConfigProperty(name = "crosspoint.last-video", defaultValue = "0") int lastVideo,
      @ConfigProperty(name = "crosspoint.ice.urls") Optional<List<String>> iceUrls,
      @ConfigProperty(name = "crosspoint.ice.username") Optional<String> iceUsername,
      @ConfigProperty(name = "crosspoint.ice.credential") Optional<String> iceCredential) {
    policy =
        new TopologyPolicy(meshSize, fallbackSize, hybridDirect, hybridSize, capacity, returnDelay);
    probes = new ProbeSettings(probe, probeInterval);
    speakers = new SpeakerPolicy(loudestAudio, lastVideo);
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

  /** Whether and how often clients find out whether they can reach the SFU. */
  public ProbeSettings probes() {
    return probes;
  }

  /** What routers do for speakers. */
  public SpeakerPolicy speakers() {
    return speakers;
  }

  /** What clients may use to reach each other; empty when host addresses are enough. */
  public List<IceServer> iceServers() {
    return iceServers;
  }
}
