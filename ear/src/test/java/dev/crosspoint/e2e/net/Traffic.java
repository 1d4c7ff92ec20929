package dev.crosspoint.e2e.net;

/** Packets between a machine and others, as a firewall tells them apart. */
public enum Traffic {
  /** Media with the server over UDP. */
  MEDIA_UDP("ip %saddr $server udp %sport $media"),
  /** Media with the server over TCP. */
  MEDIA_TCP("ip %saddr $server tcp %sport $media"),
  /** Pages, REST and signalling. */
  SIGNALING("ip %saddr $server tcp %sport != $media"),
  /** Media with other people. */
  DIRECT("ip %saddr != $server ip protocol udp"),
  /** Everything that leaves the machine or comes to it. */
  ALL("");

  private final String match;

  Traffic(String match) {
    this.match = match;
  }

  /** A rule of nftables that drops what the machine sends. */
  String dropOutgoing() {
    return match.formatted("d", "d") + " drop";
  }

  /** A rule of nftables that drops what is sent to it. */
  String dropIncoming() {
    return match.formatted("s", "s") + " drop";
  }
}
