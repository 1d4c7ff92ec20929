package dev.crosspoint.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import tools.jackson.databind.JsonNode;

/** Finds out whether a transport on the media server is there: then it answers its checks. */
final class MediaProbe implements AutoCloseable {
  private static final int ANSWER_MS = 200;
  private static final int MAX_SIZE = 1500;

  private final StunCheck check;
  private final InetSocketAddress server;
  private final DatagramSocket socket;
  private int transaction;

  /**
   * @param transport the answer to createWebRtcTransport
   */
  MediaProbe(JsonNode transport) throws IOException {
    JsonNode ice = transport.path("iceParameters");
    check = new StunCheck(ice.path("usernameFragment").asString(), ice.path("password").asString());
    int port = transport.path("iceCandidates").path(0).path("port").asInt();
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    socket = new DatagramSocket();
    socket.setSoTimeout(ANSWER_MS);
  }

  /** Sends one check. */
  boolean isAnswered() throws IOException, GeneralSecurityException {
    transaction++;
    byte[] datagram = check.bytes(transaction);
    socket.send(new DatagramPacket(datagram, datagram.length, server));
    DatagramPacket answer = new DatagramPacket(new byte[MAX_SIZE], MAX_SIZE);
    try {
      socket.receive(answer);
      return answer.getData()[0] == 1 && answer.getData()[1] == 1;
    } catch (SocketTimeoutException nobody) {
      return false;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
