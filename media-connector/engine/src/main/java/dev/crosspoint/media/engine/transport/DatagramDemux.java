package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.stun.StunMessage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transport of a datagram: by user name for connectivity checks, by remote address for
 * everything else, and only if that address passed an authenticated check (RFC 7983, RFC 5761).
 */
public final class DatagramDemux {
  private static final int MAX_DATAGRAM = 2048;
  private static final int LAST_STUN = 3;
  private static final int FIRST_DTLS = 20;
  private static final int LAST_DTLS = 63;
  private static final int FIRST_RTP = 128;
  private static final int LAST_RTP = 191;
  private static final int FIRST_RTCP_TYPE = 192;
  private static final int LAST_RTCP_TYPE = 223;

  private final Counters counters;
  private final Map<String, MediaTransport> byFragment = new HashMap<>();
  private final Map<InetSocketAddress, MediaTransport> byAddress = new HashMap<>();

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

  /** What comes from this address belongs to the transport, whosever it was before. */
  void register(InetSocketAddress remote, MediaTransport transport) {
    byAddress.put(remote, transport);
  }

  void unregister(InetSocketAddress remote, MediaTransport transport) {
    byAddress.remove(remote, transport);
  }

  /** Handles the bytes between offset 0 and the limit. */
  public void onDatagram(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    int length = datagram.limit();
    if (length < 2 || length > MAX_DATAGRAM) {
      counters.dropped(DropReason.BAD_SIZE);
      return;
    }
    int first = datagram.get(0) & 0xFF;
    if (first <= LAST_STUN) {
      onStun(datagram, remote, nowNs);
    } else if (first >= FIRST_RTP && first <= LAST_RTP) {
      onMedia(datagram, remote, nowNs);
    } else if (first >= FIRST_DTLS && first <= LAST_DTLS) {
      MediaTransport transport = transportAt(remote);
      if (transport != null) {
        transport.onDtls(datagram);
      }
    } else {
      counters.dropped(DropReason.UNKNOWN_PROTOCOL);
    }
  }

  private void onMedia(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    MediaTransport transport = transportAt(remote);
    if (transport == null) {
      return;
    }
    int type = datagram.get(1) & 0xFF;
    if (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE) {
      transport.onRtcp(datagram, nowNs);
    } else {
      transport.onRtp(datagram, nowNs);
    }
  }

  private void onStun(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    StunMessage message = StunMessage.parse(datagram).orElse(null);
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

  private @Nullable MediaTransport transportAt(InetSocketAddress remote) {
    MediaTransport transport = byAddress.get(remote);
    if (transport == null) {
      counters.dropped(DropReason.UNKNOWN_SOURCE);
    }
    return transport;
  }
}
