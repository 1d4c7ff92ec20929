package dev.crosspoint.e2e.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine of the {@link NetworkLab}: a network namespace with one line to the switch. */
public final class NetworkHost implements Machine, AutoCloseable {
  private final String name;
  private final String address;
  private final Optional<SlowLine> slowLine;

  NetworkHost(String name, int number, Optional<Line> line) {
    if (!name.matches("[a-z]{1,10}")) {
      throw new IllegalArgumentException("a machine's name has up to ten small letters: " + name);
    }
    this.name = name;
    address = NetworkLab.SUBNET + number;
    Shell.run("ip netns add " + name);
    slowLine = line.map(slow -> new SlowLine(port(), name, slow));
    if (slowLine.isEmpty()) {
      Shell.run("ip link add %s type veth peer name eth0 netns %s".formatted(port(), name));
    }
    Shell.run("ip link set %s master %s up".formatted(port(), NetworkLab.SWITCH));
    inside("ip link set lo up");
    // An IPv6 address that appears a moment later would be a change of network to browsers, which
    // give up what they are loading then.
    inside("ip link set eth0 addrgenmode none");
    inside("ip address add %s/24 dev eth0".formatted(address));
    inside("ip link set eth0 up");
    // Browsers look for addresses only where a way leads outside.
    inside("ip route add default via " + NetworkLab.SERVER);
  }

  public String address() {
    return address;
  }

  @Override
  public Path executable(Path program) {
    try {
      Path script = Files.createTempFile("crosspoint-" + name, ".sh");
      script.toFile().deleteOnExit();
      Files.writeString(
          script, "#!/bin/sh\nexec ip netns exec %s %s \"$@\"\n".formatted(name, program));
      return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops such packets silently, both ways, and no others any more. */
  public void block(Traffic... traffic) {
    StringBuilder out = new StringBuilder();
    StringBuilder in = new StringBuilder();
    for (Traffic kind : traffic) {
      out.append("    ").append(kind.dropOutgoing()).append('\n');
      in.append("    ").append(kind.dropIncoming()).append('\n');
    }
    // At the switch and not at the machine, whose programs would be told.
    rule(
        """
        define server = %s
        define media = %s
        table netdev %s {
          chain out {
            type filter hook ingress device "%s" priority 0
        %s  }
          chain in {
            type filter hook egress device "%4$s" priority 0
        %s  }
        }
        """
            .formatted(NetworkLab.SERVER, NetworkLab.MEDIA_PORTS, table(), port(), out, in));
  }

  /** Lets everything through again. */
  public void unblock() {
    rule("");
  }

  /** Replaces all rules that concern this machine in one step. */
  private void rule(String rules) {
    String nothing = "table netdev %s\ndelete table netdev %1$s\n".formatted(table());
    Shell.feed(nothing + rules, List.of("nft", "-f", "-"));
  }

  /** Lets no more than this leave the machine; what does not fit waits up to 200 ms. */
  public void limitUplink(int kilobitsPerSecond) {
    inside(
        "tc qdisc replace dev eth0 root tbf rate %dkbit burst 1600 latency 200ms"
            .formatted(kilobitsPerSecond));
  }

  /** Lets no more than this reach the machine; what does not fit waits up to 300 ms. */
  public void limitDownlink(int kilobitsPerSecond) {
    Shell.run(
        "tc qdisc replace dev %s root tbf rate %dkbit burst 1600 latency 300ms"
            .formatted(port(), kilobitsPerSecond));
  }

  /** Takes the limit away. */
  public void unlimitUplink() {
    inside("tc qdisc delete dev eth0 root");
  }

  /**
   * Changes a line that delays or loses.
   *
   * @throws IllegalStateException when the machine was connected by another kind of line
   */
  public void change(Line line) {
    slowLine
        .orElseThrow(() -> new IllegalStateException("the line of " + name + " cannot be changed"))
        .become(line);
  }

  /** Runs a command there and gives its output. */
  public String run(String... command) {
    return Shell.feed("", inside(List.of(command)));
  }

  /** Takes the machine away, which must not run anything any more. */
  @Override
  public void close() {
    unblock();
    slowLine.ifPresentOrElse(SlowLine::close, () -> Shell.run("ip link delete " + port()));
    Shell.run("ip netns delete " + name);
  }

  private String port() {
    return "to-" + name;
  }

  private String table() {
    return "host-" + name;
  }

  private void inside(String command) {
    Shell.feed("", inside(List.of(command.split(" "))));
  }

  private List<String> inside(List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(command);
    return all;
  }
}
