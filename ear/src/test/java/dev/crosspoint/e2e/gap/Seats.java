package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.BrowserKind;
import dev.crosspoint.e2e.Browsers;
import dev.crosspoint.e2e.Person;
import dev.crosspoint.e2e.RunningServer;
import dev.crosspoint.e2e.net.Machine;
import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The machines and browsers of a call's people. */
final class Seats implements AutoCloseable {
  private final Browsers browsers = new Browsers();
  private final List<NetworkHost> hosts = new ArrayList<>();

  Person seat(Seat seat, String name, int number) {
    return new Person(browsers, seat.browser(), name, number, machine(seat.access(), name));
  }

  private Machine machine(Access access, String name) {
    if (access == Access.LOOPBACK) {
      return Machine.LOCAL;
    }
    NetworkHost host = access.connect(NetworkLab.get(), name.toLowerCase(Locale.ROOT));
    hosts.add(host);
    return host;
  }

  /** The address by which all of them find the server. */
  URI page(RunningServer server) {
    return hosts.isEmpty() ? server.http() : NetworkLab.get().seenFromOutside(server.https());
  }

  /** Whether the page's own policy, which only Chromium sets aside, lets an ear in. */
  static boolean canBeHeard(Seat seat) {
    return seat.browser() == BrowserKind.CHROMIUM;
  }

  /** Errors that the pages wrote. */
  List<String> complaints() {
    return browsers.complaints();
  }

  @Override
  public void close() {
    browsers.close();
    hosts.forEach(NetworkHost::close);
  }
}
