package dev.crosspoint.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A PulseAudio of our own whose output nobody hears. On a machine without a sound device Firefox
 * runs no audio graph at all, so nobody would be heard there.
 */
final class SoundServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final Process process;
  private final Path socket;

  private SoundServer(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  static SoundServer start() {
    try {
      Path directory = Files.createTempDirectory("crosspoint-sound");
      Path socket = directory.resolve("native");
      ProcessBuilder pulseaudio =
          new ProcessBuilder(
              "pulseaudio",
              "-n",
              "--daemonize=no",
              "--exit-idle-time=-1",
              "--use-pid-file=no",
              "--load=module-null-sink",
              "--load=module-native-protocol-unix auth-anonymous=1 socket=" + socket);
      pulseaudio.environment().put("HOME", directory.toString());
      pulseaudio.environment().put("XDG_RUNTIME_DIR", directory.toString());
      pulseaudio.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
      SoundServer server = new SoundServer(pulseaudio.start(), socket);
      server.awaitSocket();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of a program that uses it. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PULSE_SERVER", "unix:" + socket);
    return environment;
  }

  @Override
  public void close() {
    process.destroy();
  }

  private void awaitSocket() {
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(socket)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IllegalStateException(
            "PulseAudio did not start, see " + socket.resolveSibling("log"));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
