package dev.crosspoint.media.io;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A UDP host candidate of an ICE-lite agent (RFC 8445, section 5.1).
 *
 * @param priority unsigned 32 bits
 */
public record HostCandidate(String foundation, long priority, InetAddress address, int port) {

  private static final long HOST_TYPE_PREFERENCE = 126;
  private static final long MAX_LOCAL_PREFERENCE = 65_535;
  private static final long RTP_COMPONENT = 1;

  /** One candidate for each address, the first one preferred (RFC 8445, section 5.1.2.1). */
  static List<HostCandidate> of(List<InetAddress> addresses, int port) {
    List<HostCandidate> candidates = new ArrayList<>();
    for (InetAddress address : addresses) {
      int index = candidates.size();
      String family = address instanceof Inet4Address ? "udp4-" : "udp6-";
      candidates.add(new HostCandidate(family + index, priority(index), address, port));
    }
    return List.copyOf(candidates);
  }

  private static long priority(int index) {
    return (HOST_TYPE_PREFERENCE << 24)
        | ((MAX_LOCAL_PREFERENCE - index) << 8)
        | (256 - RTP_COMPONENT);
  }
}
