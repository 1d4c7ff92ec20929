package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.io.tcp.ConnectionEnd;
import dev.crosspoint.media.io.tcp.FrameHandler;
import dev.crosspoint.media.io.tcp.TcpLimits;
import dev.crosspoint.media.io.tcp.TcpSnapshot;
import dev.crosspoint.media.io.udp.PacketTransit;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A media loop's port: UDP, and TCP under the same number unless it is switched off. */
final class MediaPort {

  /** What happens on the port; called on the loop's thread. */
  interface Handler extends UdpMediaServer.Handler, FrameHandler {}

  /** Free for UDP does not mean free for TCP; of so many ports one is free for both. */
  private static final int ATTEMPTS = 20;

  private final UdpMediaServer udp;
  private final Optional<TcpMediaServer> tcp;

  private MediaPort(UdpMediaServer udp, Optional<TcpMediaServer> tcp) {
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * @throws MediaBindException when the port cannot be had; nothing is left behind then
   */
  static MediaPort bind(
      EventLoopGroup group,
      MediaServerSettings settings,
      int loop,
      MediaRuntime runtime,
      Handler handler)
      throws MediaBindException {
    int attempts = settings.port(loop) == 0 ? ATTEMPTS : 1;
    while (true) {
      try {
        return bindOnce(group, settings, loop, runtime, handler);
      } catch (MediaBindException e) {
        attempts--;
        if (attempts == 0) {
          throw e;
        }
      }
    }
  }

  private static MediaPort bindOnce(
      EventLoopGroup group,
      MediaServerSettings settings,
      int loop,
      MediaRuntime runtime,
      Handler handler)
      throws MediaBindException {
    InetAddress address = settings.bindAddress();
    UdpMediaServer udp =
        UdpMediaServer.bind(
            group,
            new InetSocketAddress(address, settings.port(loop)),
            handler,
            runtime.random(),
            runtime.nanoClock());
    if (settings.tcp().isEmpty()) {
      return new MediaPort(udp, Optional.empty());
    }
    TcpLimits limits = settings.tcp().orElseThrow();
    try {
      InetSocketAddress same = new InetSocketAddress(address, udp.port());
      return new MediaPort(
          udp, Optional.of(TcpMediaServer.bind(group, same, limits, runtime.nanoClock(), handler)));
    } catch (MediaBindException e) {
      udp.close();
      throw e;
    }
  }

  /** From now on the handler is called. */
  void startReading() {
    udp.startReading();
    tcp.ifPresent(TcpMediaServer::startAccepting);
  }

  int number() {
    return udp.port();
  }

  boolean isBound() {
    return udp.isBound() && tcp.map(TcpMediaServer::isBound).orElse(true);
  }

  /** What to tell clients who are to come to these addresses. */
  List<HostCandidate> candidates(List<InetAddress> addresses) {
    List<HostCandidate> candidates = new ArrayList<>();
    candidates.addAll(HostCandidate.of(HostCandidate.Protocol.UDP, addresses, number()));
    if (tcp.isPresent()) {
      candidates.addAll(HostCandidate.of(HostCandidate.Protocol.TCP_PASSIVE, addresses, number()));
    }
    return candidates;
  }

  /** Copies a packet into the turn's batch; it may wait if its picture goes on. */
  void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
    switch (remote) {
      case TransportAddress.Udp(InetSocketAddress address) -> udp.send(packet, address, goesOn);
      case TransportAddress.Tcp connection ->
          tcp.orElseThrow().connections().send(packet, connection);
    }
  }

  /** Sends the turn's batch. */
  void flush() {
    udp.flush();
    tcp.ifPresent(server -> server.connections().flush());
  }

  /** Closes a connection that the engine uses no longer. */
  void disconnect(TransportAddress.Tcp connection) {
    tcp.ifPresent(server -> server.connections().disconnect(connection));
  }

  /** Closes every connection; the handler is not told. */
  void disconnectAll(ConnectionEnd why) {
    tcp.ifPresent(server -> server.connections().disconnectAll(why));
  }

  /** Closes connections from which nothing came in time. */
  void expire(long nowNs) {
    tcp.ifPresent(server -> server.connections().expire(nowNs));
  }

  /** Gives up what is remembered of the addresses of people who have all left, and strangers. */
  void forgetAddresses() {
    udp.forgetAddresses();
  }

  /** How long packets took through the loop, as far as that is measured. */
  PacketTransit.Times transit(long nowNs) {
    return udp.sender().transit(nowNs);
  }

  /** Datagrams discarded because the kernel took no more. */
  long queueFull() {
    return udp.sender().queueFull();
  }

  /** Datagrams that the kernel refused. */
  long sendFailures() {
    return udp.sender().sendFailures();
  }

  TcpSnapshot connections() {
    return tcp.map(server -> server.connections().snapshot()).orElse(TcpSnapshot.NONE);
  }

  /** Frees the port. From any thread; connections go with the loop. */
  void close() {
    tcp.ifPresent(TcpMediaServer::close);
    udp.close();
  }
}
