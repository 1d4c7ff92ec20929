package dev.crosspoint.media.io.tcp;

import dev.crosspoint.media.engine.ice.TransportAddress;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The TCP connections of a media loop, within their bounds. Used on the loop's thread only. */
public final class TcpConnections {
  private final TcpLimits limits;
  private final LongSupplier nanoClock;
  private final FrameHandler handler;
  private final Map<TransportAddress.Tcp, TcpConnection> open = new HashMap<>();
  private final Map<InetAddress, Integer> openFrom = new HashMap<>();
  private final LinkedHashSet<TcpConnection> unproven = new LinkedHashSet<>();
  private final List<TcpConnection> unflushed = new ArrayList<>();
  private final Map<ConnectionEnd, Long> ended = new EnumMap<>(ConnectionEnd.class);
  private long sendQueueFull;
  private long sendFailures;

  public TcpConnections(TcpLimits limits, LongSupplier nanoClock, FrameHandler handler) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.handler = handler;
    for (ConnectionEnd why : ConnectionEnd.values()) {
      ended.put(why, 0L);
    }
  }

  /** A client has connected. */
  public void accept(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      refuse(channel, ConnectionEnd.CLOSED_BY_CLIENT);
    } else if (openFrom.getOrDefault(remote.getAddress(), 0) >= limits.connectionsPerAddress()) {
      refuse(channel, ConnectionEnd.TOO_MANY_FROM_ADDRESS);
    } else if (open.size() >= limits.connections() && !makeRoom()) {
      refuse(channel, ConnectionEnd.TOO_MANY_CONNECTIONS);
    } else {
      add(channel, remote);
    }
  }

  /** Of those who have not shown a good check yet the oldest gives way: most likely a stranger. */
  private boolean makeRoom() {
    if (unproven.isEmpty()) {
      return false;
    }
    end(unproven.getFirst(), ConnectionEnd.TOO_MANY_CONNECTIONS);
    return true;
  }

  private void add(Channel channel, InetSocketAddress remote) {
    long deadlineNs = nanoClock.getAsLong() + limits.firstCheck().toNanos();
    TcpConnection connection = new TcpConnection(this, channel, remote, deadlineNs);
    open.put(connection.address(), connection);
    openFrom.merge(remote.getAddress(), 1, Integer::sum);
    unproven.add(connection);
    channel.pipeline().addLast(connection);
  }

  private void refuse(Channel channel, ConnectionEnd why) {
    count(why);
    var _ = channel.close();
  }

  /** Puts a frame into a connection's queue, or drops it. */
  public void send(ByteBuffer packet, TransportAddress.Tcp to) {
    TcpConnection connection = open.get(to);
    if (connection == null) {
      sendFailures++;
    } else if (!connection.write(packet)) {
      sendQueueFull++;
    } else if (connection.beginFlush()) {
      unflushed.add(connection);
    }
  }

  /** Hands the queues to the kernel. */
  public void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  void frame(TcpConnection connection, ByteBuffer frame) {
    if (handler.frame(frame, connection.address())) {
      if (!connection.isUsed()) {
        unproven.remove(connection);
      }
      connection.use(nanoClock.getAsLong() + limits.idle().toNanos());
    } else {
      end(connection, ConnectionEnd.NOT_AUTHENTICATED);
    }
  }

  void batchEnd() {
    handler.batchEnd();
  }

  /** Ends a connection that has not ended yet. */
  void end(TcpConnection connection, ConnectionEnd why) {
    if (close(connection, why) && connection.isUsed()) {
      handler.connectionClosed(connection.address());
    }
  }

  /** The engine uses it no longer: it is closed after what waits in it, and not reported. */
  public void disconnect(TransportAddress.Tcp address) {
    TcpConnection connection = open.get(address);
    if (connection != null) {
      close(connection, ConnectionEnd.NO_LONGER_USED);
    }
  }

  /** Ends all without a report. */
  public void disconnectAll(ConnectionEnd why) {
    List.copyOf(open.values()).forEach(connection -> close(connection, why));
  }

  /** Ends those from which nothing came in time. */
  public void expire(long nowNs) {
    open.values().stream()
        .filter(connection -> connection.isOverdue(nowNs))
        .toList()
        .forEach(connection ->
            end(
                connection,
                connection.isUsed() ? ConnectionEnd.IDLE : ConnectionEnd.NO_CHECK_IN_TIME));
  }

  private boolean close(TcpConnection connection, ConnectionEnd why) {
    if (open.remove(connection.address()) == null) {
      return false;
    }
    count(why);
    unproven.remove(connection);
    openFrom.computeIfPresent(
        connection.address().socketAddress().getAddress(),
        (_, count) -> count == 1 ? null : count - 1);
    connection.end();
    return true;
  }

  private void count(ConnectionEnd why) {
    ended.merge(why, 1L, Long::sum);
  }

  /** The state now. */
  public TcpSnapshot snapshot() {
    return new TcpSnapshot(open.size(), sendQueueFull, sendFailures, ended);
  }
}
