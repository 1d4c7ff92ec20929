package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that comes over TCP (RFC 4571, RFC 6544). */
final class TcpTestClient extends TestClient {
  private static final int RECEIVE_BUFFER = 8 << 10;
  private static final long WAIT_S = 20;

  private final Socket socket = new Socket();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  TcpTestClient(int port, SrtpProfile... profiles) throws IOException {
    this(InetAddress.getLoopbackAddress(), port, profiles);
  }

  /**
   * @param from the client's own address; the server is on the usual loopback address
   */
  TcpTestClient(InetAddress from, int port, SrtpProfile... profiles) throws IOException {
    super(profiles);
    socket.setTcpNoDelay(true);
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        gate.await();
        byte[] frame = new byte[in.readUnsignedShort()];
        in.readFully(frame);
        received(frame);
      }
    } catch (IOException | InterruptedException closed) {
      ended.countDown();
    }
  }

  /** Reads no more than one frame from now on. */
  void stopReading() {
    gate = new CountDownLatch(1);
  }

  void readAgain() {
    gate.countDown();
  }

  @Override
  void send(byte[] packet) throws IOException {
    sendBytes(framed(packet));
  }

  /** Sends bytes that need not be frames. */
  void sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Will send no more, and still read. */
  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** The packets as frames, one behind the other. */
  static byte[] framed(byte[]... packets) {
    int length = Arrays.stream(packets).mapToInt(packet -> 2 + packet.length).sum();
    ByteBuffer frames = ByteBuffer.allocate(length);
    for (byte[] packet : packets) {
      frames.putShort((short) packet.length).put(packet);
    }
    return frames.array();
  }

  /** Waits until the server has closed the connection. */
  void awaitEnd() throws InterruptedException {
    if (!ended.await(WAIT_S, TimeUnit.SECONDS)) {
      throw new AssertionError("the connection stays open");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
