package dev.crosspoint.media.io;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A host candidate of an ICE-lite agent (RFC 8445, section 5.1; RFC 6544, section 4).
 *
 * @param priority unsigned 32 bits
 */
public record HostCandidate(
    String foundation, long priority, Protocol protocol, InetAddress address, int port) {

  private static final long RTP_COMPONENT = 1;

  /** How clients come to a candidate. */
  public enum Protocol {
    /** UDP. */
    UDP("udp", 126, 65_535),
    /**
     * TCP to which the client connects. Where UDP is possible it is preferred, by type; the local
     * preference of a passive host candidate is 4 in its upper three bits (RFC 6544, section 4.2).
     */
    TCP_PASSIVE("tcp", 90, (4 << 13) + 8_191);

    private final String word;
    private final long typePreference;
    private final long firstLocalPreference;

    Protocol(String word, long typePreference, long firstLocalPreference) {
      this.word = word;
      this.typePreference = typePreference;
      this.firstLocalPreference = firstLocalPreference;
    }

    /** RFC 8445, section 5.1.2.1. */
    private long priority(int index) {
      return (typePreference << 24) | ((firstLocalPreference - index) << 8) | (256 - RTP_COMPONENT);
    }
  }

  /** One candidate for each address, the first one preferred. */
  static List<HostCandidate> of(Protocol protocol, List<InetAddress> addresses, int port) {
    List<HostCandidate> candidates = new ArrayList<>();
    for (InetAddress address : addresses) {
      int index = candidates.size();
      String family = address instanceof Inet4Address ? "4" : "6";
      candidates.add(
          new HostCandidate(
              protocol.word + family + "/" + index,
              protocol.priority(index),
              protocol,
              address,
              port));
    }
    return List.copyOf(candidates);
  }
}
