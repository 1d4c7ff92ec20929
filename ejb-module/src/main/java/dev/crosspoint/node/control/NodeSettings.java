package dev.crosspoint.node.control;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who this server is. */
@Singleton
public class NodeSettings {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  private final String node;
  private final String incarnation = UUID.randomUUID().toString();
  private final Duration lease;

  /**
   * @param node the server's name, the same after a restart, different from all others' that share
   *     the database
   * @param lease how long others wait before they take over this server's calls
   * @throws IllegalArgumentException when the lease is too short to be renewed in time
   */
  @Inject
  public NodeSettings(
      @ConfigProperty(name = "crosspoint.node.name", defaultValue = "local") String node,
      @ConfigProperty(name = "crosspoint.node.lease", defaultValue = "PT10S") Duration lease) {
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("crosspoint.node.lease is at least " + SHORTEST_LEASE);
    }
    this.node = node;
    this.lease = lease;
  }

  /** The server's name. */
  public String node() {
    return node;
  }

  /** Tells this life of the server from earlier ones. */
  public String incarnation() {
    return incarnation;
  }

  /** How long a lease lasts; the same on all servers that share the database. */
  public Duration lease() {
    return lease;
  }
}
