package dev.crosspoint.e2e.net;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network of this JVM as a switch to which machines are connected. The JVM, and the server that
 * it starts, are the machine at {@link #SERVER}.
 */
public final class NetworkLab {
  /** The server's address for everybody else. */
  public static final String SERVER = "10.77.0.1";

  static final String SWITCH = "switch";
  private static final String SWITCH_ADDRESS = "02:00:00:00:77:01";
  static final String SUBNET = "10.77.0.";

  /** The media ports of a server with {@link #settings}. */
  static final String MEDIA_PORTS = "40000-40063";

  private static final NetworkLab LAB = new NetworkLab();

  private final AtomicInteger lastAddress = new AtomicInteger(10);

  private NetworkLab() {
    if (System.getenv("CROSSPOINT_NETWORK_LAB") == null) {
      throw new IllegalStateException(
          "this JVM has no network of its own: tag the test \"network\" and run it by the build");
    }
    // A bridge without an address of its own takes one of its ports', and another one when a port
    // is added: whoever had looked it up before would not get through for half a minute.
    Shell.run("ip link add %s address %s type bridge".formatted(SWITCH, SWITCH_ADDRESS));
    Shell.run("ip link set %s addrgenmode none".formatted(SWITCH));
    Shell.run("ip address add %s/24 dev %s".formatted(SERVER, SWITCH));
    Shell.run("ip link set %s up".formatted(SWITCH));
    // Without anything connected it counts as unplugged, and browsers here would leave it out.
    Shell.run("ip link add plug type veth peer name socket");
    Shell.run("ip link set plug addrgenmode none");
    Shell.run("ip link set socket addrgenmode none");
    Shell.run("ip link set plug master %s up".formatted(SWITCH));
    Shell.run("ip link set socket up");
    // Firefox looks for addresses only where a way leads outside.
    Shell.run("ip route add default dev " + SWITCH);
  }

  public static NetworkLab get() {
    return LAB;
  }

  /** What a server has to be told so that people at other machines reach it. */
  public Map<String, String> settings() {
    return Map.of(
        "CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES",
        SERVER,
        "CROSSPOINT_MEDIA_PORT",
        MEDIA_PORTS.substring(0, MEDIA_PORTS.indexOf('-')));
  }

  /** The address by which another machine finds what this one calls localhost. */
  public URI seenFromOutside(URI local) {
    return URI.create(local.toString().replace("localhost", SERVER));
  }

  /**
   * Connects a machine by a line without delay and loss.
   *
   * @param name up to ten small letters
   */
  public NetworkHost connect(String name) {
    return new NetworkHost(name, lastAddress.incrementAndGet(), Optional.empty());
  }

  /** Connects a machine by a line that delays and loses. */
  public NetworkHost connect(String name, Line line) {
    return new NetworkHost(name, lastAddress.incrementAndGet(), Optional.of(line));
  }

  static Path script(String name) {
    String scripts = System.getProperty("crosspoint.scripts");
    if (scripts == null) {
      throw new IllegalStateException("the system property crosspoint.scripts is missing");
    }
    return Path.of(scripts, "network-lab", name);
  }
}
