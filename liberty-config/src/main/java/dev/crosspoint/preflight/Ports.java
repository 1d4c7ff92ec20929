package dev.crosspoint.preflight;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ports that the server is about to open. */
final class Ports {
  private static final int DEFAULT_HTTP = 9080;
  private static final int DEFAULT_HTTPS = 9443;
  private static final int DEFAULT_MEDIA = 40000;
  private static final int LAST_PORT = 65535;
  private static final String ALL_ADDRESSES = "*";

  private interface Opening {
    Closeable open(InetSocketAddress address) throws IOException;
  }

  private final SettingSources sources;

  Ports(SettingSources sources) {
    this.sources = sources;
  }

  /** A sentence for each port that something else holds. */
  List<String> taken() {
    String host = sources.value(Settings.HTTP_HOST).orElse(ALL_ADDRESSES);
    int media = number(Settings.MEDIA_PORT, DEFAULT_MEDIA);
    Stream<Optional<String>> web =
        Stream.of(
            problem(Settings.HTTP_PORT, host, number(Settings.HTTP_PORT, DEFAULT_HTTP), Ports::tcp),
            problem(
                Settings.HTTPS_PORT, host, number(Settings.HTTPS_PORT, DEFAULT_HTTPS), Ports::tcp));
    int loops = media == 0 ? 0 : loops();
    Stream<Optional<String>> datagrams =
        IntStream.range(0, loops).mapToObj(loop -> mediaProblem(media + loop, Ports::udp));
    Stream<Optional<String>> connections =
        IntStream.range(0, mediaTcp() ? loops : 0)
            .mapToObj(loop -> mediaProblem(media + loop, Ports::tcp));
    if (media + loops() - 1 > LAST_PORT) {
      return List.of(
          "%s leaves no port for the last of %d media loops: choose a lower one (%s)."
              .formatted(Settings.MEDIA_PORT.variable(), loops(), Settings.MEDIA_PORT.meaning()));
    }
    return Stream.of(web, datagrams, connections)
        .flatMap(ports -> ports)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Optional<String> mediaProblem(int port, Opening opening) {
    return problem(Settings.MEDIA_PORT, ALL_ADDRESSES, port, opening);
  }

  private static Optional<String> problem(Setting setting, String host, int port, Opening opening) {
    InetSocketAddress address =
        host.equals(ALL_ADDRESSES)
            ? new InetSocketAddress(port)
            : new InetSocketAddress(host, port);
    try (Closeable _ = opening.open(address)) {
      return Optional.empty();
    } catch (BindException e) {
      return Optional.of(
          "port %d is taken by another program: choose another with %s (%s)."
              .formatted(port, setting.variable(), setting.meaning()));
    } catch (IOException e) {
      return Optional.of(
          "port %d of %s cannot be opened (%s): %s says which to use."
              .formatted(port, host, e.getMessage(), setting.variable()));
    }
  }

  private static Closeable tcp(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(address);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Closeable udp(InetSocketAddress address) throws IOException {
    return new DatagramSocket(address);
  }

  private int loops() {
    int configured = number(Settings.MEDIA_LOOPS, 0);
    return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
  }

  private boolean mediaTcp() {
    return sources.value(Settings.MEDIA_TCP).map(Boolean::valueOf).orElse(true);
  }

  private int number(Setting setting, int otherwise) {
    return sources.value(setting).map(Integer::valueOf).orElse(otherwise);
  }
}
