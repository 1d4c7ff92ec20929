package dev.crosspoint.media.io;

import dev.crosspoint.media.io.udp.DatagramBatch;
import dev.crosspoint.media.io.udp.DatagramReader;
import dev.crosspoint.media.io.udp.DatagramSender;
import io.netty.channel.ChannelException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A UDP port on Linux. Its socket is one of the event loop's like those of Netty's channels;
 * reading and sending goes around them, by recvmmsg and sendmmsg, without a buffer or an object for
 * each datagram.
 */
final class EpollUdpServer implements UdpMediaServer {
  /** After so many turns with full batches others that wait for the loop are served. */
  private static final int TURNS = 16;

  /** The beginning of a picture waits for its rest so long at most. */
  private static final long LONGEST_WAIT_NS = 500_000;

  private final Socket socket;
  private final int port;
  private final IoEventLoop loop;
  private final Handler handler;
  private final DatagramReader reader;
  private final DatagramBatch sender;
  private final LongSupplier nanoClock;
  private final IoRegistration registration;

  private EpollUdpServer(
      Socket socket,
      IoEventLoop loop,
      Handler handler,
      RandomGenerator random,
      LongSupplier nanoClock) {
    this.socket = socket;
    this.port = socket.localAddress().getPort();
    this.loop = loop;
    this.handler = handler;
    this.nanoClock = nanoClock;
    this.reader = new DatagramReader(socket.intValue(), random);
    this.sender = new DatagramBatch(socket.intValue(), nanoClock);
    this.registration = loop.register(new Readiness()).syncUninterruptibly().getNow();
  }

  static EpollUdpServer bind(
      IoEventLoop loop,
      InetSocketAddress address,
      Handler handler,
      RandomGenerator random,
      LongSupplier nanoClock)
      throws MediaBindException {
    Socket socket = open(address);
    try {
      socket.setReceiveBufferSize(SOCKET_BUFFER);
      socket.setSendBufferSize(SOCKET_BUFFER);
      socket.bind(ofBothKinds(address));
      return new EpollUdpServer(socket, loop, handler, random, nanoClock);
    } catch (IOException | RuntimeException e) {
      closeQuietly(socket);
      throw new MediaBindException("UDP", address, e);
    }
  }

  private static Socket open(InetSocketAddress address) throws MediaBindException {
    try {
      return Socket.newSocketDgram();
    } catch (ChannelException e) {
      throw new MediaBindException("UDP", address, e);
    }
  }

  /** Every address of the machine means those of IPv6 too, as everywhere in Java. */
  private static InetSocketAddress ofBothKinds(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress() && Socket.isIPv6Preferred()
        ? new InetSocketAddress(InetAddress.ofLiteral("::"), address.getPort())
        : address;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // The descriptor is gone all the same (close(2)).
      return;
    }
  }

  @Override
  public void startReading() {
    registration.submit(EpollIoOps.EPOLLIN);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean isBound() {
    return socket.isOpen();
  }

  @Override
  public DatagramSender sender() {
    return sender;
  }

  @Override
  public void forgetAddresses() {
    reader.forgetAddresses();
    sender.forgetAddresses();
  }

  @Override
  public void close() {
    Future<?> closed =
        loop.submit(() -> {
          registration.cancel();
          closeQuietly(socket);
        });
    closed.awaitUninterruptibly();
  }

  /** As long as something is there to read, the loop comes back. */
  private void read() {
    int count = DatagramReader.BATCH;
    for (int i = 0; i < TURNS && count == DatagramReader.BATCH && socket.isOpen(); i++) {
      count = turn();
    }
  }

  /**
   * Takes what waits.
   *
   * @return how many datagrams were read last
   */
  private int turn() {
    int count = readBatch();
    if (sender.mayWait()) {
      count = readRest(count);
    }
    handler.batchEnd();
    return count;
  }

  /**
   * Takes the rest of pictures that has come while their beginning was being forwarded: the kernel
   * sends together at the price of one what comes into one batch.
   */
  private int readRest(int first) {
    long untilNs = nanoClock.getAsLong() + LONGEST_WAIT_NS;
    int count = first;
    while (count > 0 && sender.mayWait() && nanoClock.getAsLong() < untilNs) {
      count = readBatch();
    }
    return count;
  }

  private int readBatch() {
    int count = reader.read();
    if (count > 0) {
      sender.readAt(nanoClock.getAsLong());
    }
    for (int i = 0; i < count; i++) {
      if (i == count - 1) {
        sender.lastPacket();
      }
      handler.datagram(reader.datagram(i), reader.source(i));
    }
    return count;
  }

  private final class Readiness implements EpollIoHandle {
    @Override
    public FileDescriptor fd() {
      return socket;
    }

    // An event loop that sees an error ends with its thread.
    @Override
    @SuppressWarnings("CatchingUnchecked")
    public void handle(IoRegistration from, IoEvent event) {
      try {
        read();
      } catch (RuntimeException | Error e) {
        handler.failed(e);
      }
    }

    @Override
    public void close() {
      registration.cancel();
      closeQuietly(socket);
    }
  }
}
