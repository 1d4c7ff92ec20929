package dev.crosspoint.e2e.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("network")
class NetworkLabIT {
  private static final int MEDIA_PORT = 40_000;

  /**
   * Sends to an address and port as often as told; prints the shortest round trip in ms, or lost.
   */
  private static final String UDP_CLIENT =
      """
      import socket, sys, time
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1); best = None
      for _ in range(int(sys.argv[3])):
        sent = time.monotonic(); s.sendto(b'x', (sys.argv[1], int(sys.argv[2])))
        try: s.recv(9); best = min(best or 9e9, time.monotonic() - sent)
        except TimeoutError: pass
      print('lost' if best is None else int(best * 1000))
      """;

  /** Connects; prints open or lost. */
  private static final String TCP_CLIENT =
      """
      import socket, sys
      try: socket.create_connection((sys.argv[1], int(sys.argv[2])), 1); print('open')
      except TimeoutError: print('lost')
      """;

  @Test
  void each_kind_of_traffic_is_blocked_alone_and_let_through_again() throws Exception {
    try (NetworkHost ann = NetworkLab.get().connect("ann");
        EchoServer media = new EchoServer(MEDIA_PORT);
        ServerSocket page = listen(8080);
        ServerSocket mediaTcp = listen(MEDIA_PORT)) {
      String all = "udp passes, page passes, media tcp passes";
      assertThat(reach(ann)).isEqualTo(all);

      ann.block(Traffic.MEDIA_UDP);
      assertThat(reach(ann)).isEqualTo("udp lost, page passes, media tcp passes");
      ann.block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP);
      assertThat(reach(ann)).isEqualTo("udp lost, page passes, media tcp lost");
      ann.block(Traffic.SIGNALING);
      assertThat(reach(ann)).isEqualTo("udp passes, page lost, media tcp passes");
      ann.block(Traffic.DIRECT);
      assertThat(reach(ann)).isEqualTo(all);
      ann.block(Traffic.ALL);
      assertThat(reach(ann)).isEqualTo("udp lost, page lost, media tcp lost");

      ann.unblock();
      assertThat(reach(ann)).isEqualTo(all);
      assertThat(media.isOpen() && page.isBound() && mediaTcp.isBound()).isTrue();
    }
  }

  private static String reach(NetworkHost from) {
    boolean udp = !"lost".equals(roundTrip(from, 1));
    return "udp %s, page %s, media tcp %s"
        .formatted(udp ? "passes" : "lost", tcp(from, 8080), tcp(from, MEDIA_PORT));
  }

  private static String tcp(NetworkHost from, int port) {
    String answer = python(from, TCP_CLIENT, NetworkLab.SERVER, String.valueOf(port));
    return answer.equals("open") ? "passes" : answer;
  }

  @Test
  void a_line_delays_loses_and_changes() throws Exception {
    Line line = new Line(Duration.ofMillis(50), 0);
    try (NetworkHost far = NetworkLab.get().connect("far", line);
        EchoServer media = new EchoServer(MEDIA_PORT)) {
      assertThat(Integer.parseInt(roundTrip(far, 3))).isGreaterThanOrEqualTo(100);
      far.change(new Line(Duration.ofMillis(150), 0));
      assertThat(Integer.parseInt(roundTrip(far, 3))).isGreaterThanOrEqualTo(300);
      far.change(new Line(Duration.ZERO, 1));
      assertThat(roundTrip(far, 2)).isEqualTo("lost");
      far.change(new Line(Duration.ZERO, 0));
      assertThat(roundTrip(far, 3)).isNotEqualTo("lost");
      assertThat(media.isOpen()).isTrue();
    }
  }

  @Test
  void a_thin_uplink_holds_back_what_it_cannot_carry() throws Exception {
    String burst =
        """
        import socket, sys
        s = socket.create_connection((sys.argv[1], int(sys.argv[2]))); s.settimeout(20)
        s.sendall(b'x' * 100_000); s.shutdown(socket.SHUT_WR)
        """;
    try (NetworkHost thin = NetworkLab.get().connect("thin");
        ServerSocket sink = listen(8080)) {
      thin.limitUplink(500);
      long began = System.nanoTime();
      python(thin, burst, NetworkLab.SERVER, "8080");
      try (var from = sink.accept()) {
        assertThat(from.getInputStream().readAllBytes()).hasSize(100_000);
      }
      // 800,000 bits; what the bucket holds goes at once.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
      thin.unlimitUplink();
      python(thin, burst, NetworkLab.SERVER, "8080");
    }
  }

  @Test
  void machines_reach_each_other_but_nothing_outside() throws Exception {
    try (NetworkHost ann = NetworkLab.get().connect("ann");
        NetworkHost bob = NetworkLab.get().connect("bob")) {
      String refused =
          """
          import socket, sys
          s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(2)
          s.connect((sys.argv[1], 9)); s.send(b'x')
          try: s.recv(9)
          except ConnectionRefusedError: print('there')
          except TimeoutError: print('nowhere')
          """;
      assertThat(python(ann, refused, bob.address())).isEqualTo("there");
      assertThat(python(ann, refused, "192.0.2.1")).isEqualTo("nowhere");
      ann.block(Traffic.DIRECT);
      assertThat(python(ann, refused, bob.address())).isEqualTo("nowhere");
    }
  }

  private static String roundTrip(NetworkHost from, int tries) {
    return python(
        from, UDP_CLIENT, NetworkLab.SERVER, String.valueOf(MEDIA_PORT), String.valueOf(tries));
  }

  private static String python(NetworkHost at, String program, String... arguments) {
    String[] command = new String[3 + arguments.length];
    command[0] = "/usr/bin/python3";
    command[1] = "-c";
    command[2] = program;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return at.run(command).strip();
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 10, InetAddress.getByName(NetworkLab.SERVER));
  }

  /** Sends datagrams back to whoever sent them. */
  private static final class EchoServer implements AutoCloseable {
    private final DatagramSocket socket;

    EchoServer(int port) throws IOException {
      socket = new DatagramSocket(new InetSocketAddress(NetworkLab.SERVER, port));
      Thread.ofVirtual().start(this::answer);
    }

    boolean isOpen() {
      return !socket.isClosed();
    }

    private void answer() {
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      try {
        while (true) {
          socket.receive(packet);
          socket.send(packet);
        }
      } catch (IOException closed) {
        socket.close();
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
