package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A client that comes over UDP. */
final class UdpTestClient extends TestClient {
  private final DatagramSocket socket;
  private final InetSocketAddress server;

  UdpTestClient(int port, SrtpProfile... profiles) throws IOException {
    this(InetAddress.getLoopbackAddress(), port, profiles);
  }

  UdpTestClient(InetAddress address, int port, SrtpProfile... profiles) throws IOException {
    super(profiles);
    this.socket = new DatagramSocket(0, address);
    this.server = new InetSocketAddress(address, port);
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    byte[] buffer = new byte[2_048];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException closed) {
        return;
      }
      received(Arrays.copyOf(buffer, packet.getLength()));
    }
  }

  @Override
  void send(byte[] packet) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, server));
  }

  @Override
  public void close() {
    socket.close();
  }
}
