package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.stun.StunMessage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transport of a datagram or frame: by user name for connectivity checks, by where it
 * comes from for everything else, and only if that passed an authenticated check (RFC 7983, RFC
 * 5761).
 */
public final class DatagramDemux {
  /** Longest datagram or frame that is handled, in bytes; WebRTC stays below 1,500. */
  public static final int MAX_PACKET = 2048;

  private static final int LAST_STUN = 3;
  private static final int FIRST_DTLS = 20;
  private static final int LAST_DTLS = 63;
  private static final int FIRST_RTP = 128;
  private static final int LAST_RTP = 191;
  private static final int FIRST_RTCP_TYPE = 192;
  private static final int LAST_RTCP_TYPE = 223;

  private final Counters counters;
  private final Map<String, MediaTransport> byFragment = new HashMap<>();

  /** By plain address, so that a datagram's needs no wrapping. */
  private final Map<InetSocketAddress, MediaTransport> byAddress = new HashMap<>();

  private final Map<TransportAddress.Tcp, MediaTransport> byConnection = new HashMap<>();

  public DatagramDemux(Counters counters) {
    this.counters = counters;
  }

  /** Checks that name these credentials belong to the transport. */
  void register(IceCredentials credentials, MediaTransport transport) {
    byFragment.put(credentials.usernameFragment(), transport);
  }

  void unregister(IceCredentials credentials) {
    byFragment.remove(credentials.usernameFragment());
  }

  /** What comes from there belongs to the transport, whosever it was before. */
  void register(TransportAddress remote, MediaTransport transport) {
    switch (remote) {
      case TransportAddress.Udp(InetSocketAddress address) -> byAddress.put(address, transport);
      case TransportAddress.Tcp connection -> byConnection.put(connection, transport);
    }
  }

  /**
   * @return whether it was the transport's until now
   */
  boolean unregister(TransportAddress remote, MediaTransport transport) {
    return switch (remote) {
      case TransportAddress.Udp(InetSocketAddress address) -> byAddress.remove(address, transport);
      case TransportAddress.Tcp connection -> byConnection.remove(connection, transport);
    };
  }

  /** Whether what comes on the connection belongs to a transport. */
  public boolean isUsed(TransportAddress.Tcp connection) {
    return byConnection.containsKey(connection);
  }

  /** Handles the bytes between offset 0 and the limit. */
  public void onDatagram(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    if (isCheck(datagram)) {
      onStun(datagram, new TransportAddress.Udp(remote), nowNs);
    } else {
      onPacket(datagram, byAddress.get(remote), nowNs);
    }
  }

  /** Handles the bytes between offset 0 and the limit. */
  public void onFrame(ByteBuffer frame, TransportAddress.Tcp connection, long nowNs) {
    if (isCheck(frame)) {
      onStun(frame, connection, nowNs);
    } else {
      onPacket(frame, byConnection.get(connection), nowNs);
    }
  }

  /**
   * Whether a packet is RTP or RTCP, plain or protected (RFC 7983, 7).
   *
   * @param first its first byte, unsigned
   */
  public static boolean isMedia(int first) {
    return first >= FIRST_RTP && first <= LAST_RTP;
  }

  private static boolean isCheck(ByteBuffer packet) {
    return hasGoodSize(packet) && (packet.get(0) & 0xFF) <= LAST_STUN;
  }

  private static boolean hasGoodSize(ByteBuffer packet) {
    return packet.limit() >= 2 && packet.limit() <= MAX_PACKET;
  }

  private void onPacket(ByteBuffer packet, @Nullable MediaTransport transport, long nowNs) {
    if (!hasGoodSize(packet)) {
      counters.dropped(DropReason.BAD_SIZE);
      return;
    }
    int first = packet.get(0) & 0xFF;
    boolean media = isMedia(first);
    if (!media && (first < FIRST_DTLS || first > LAST_DTLS)) {
      counters.dropped(DropReason.UNKNOWN_PROTOCOL);
    } else if (transport == null) {
      counters.dropped(DropReason.UNKNOWN_SOURCE);
    } else if (media) {
      onMedia(packet, transport, nowNs);
    } else {
      transport.onDtls(packet, nowNs);
    }
  }

  private static void onMedia(ByteBuffer packet, MediaTransport transport, long nowNs) {
    int type = packet.get(1) & 0xFF;
    if (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE) {
      transport.onRtcp(packet, nowNs);
    } else {
      transport.onRtp(packet, nowNs);
    }
  }

  private void onStun(ByteBuffer packet, TransportAddress remote, long nowNs) {
    StunMessage message = StunMessage.parse(packet).orElse(null);
    if (message == null) {
      counters.dropped(DropReason.STUN_MALFORMED);
      return;
    }
    if (message.type() != StunMessage.BINDING_REQUEST) {
      counters.dropped(DropReason.STUN_UNEXPECTED);
      return;
    }
    String username = message.username();
    int colon = username.indexOf(':');
    String fragment = colon < 0 ? username : username.substring(0, colon);
    MediaTransport transport = byFragment.get(fragment);
    if (transport == null) {
      counters.dropped(DropReason.STUN_UNKNOWN_USER);
      return;
    }
    transport.onCheck(fragment, message, remote, nowNs);
  }
}
