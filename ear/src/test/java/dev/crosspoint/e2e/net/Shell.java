package dev.crosspoint.e2e.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands that have to succeed. */
final class Shell {
  private static final long LIMIT_S = 30;

  private Shell() {}

  /**
   * Runs a command whose words are separated by spaces.
   *
   * @throws IllegalStateException with its output when it fails
   */
  static void run(String command) {
    feed("", List.of(command.split(" ")));
  }

  /** Runs a command with a text at its standard input, and gives its output. */
  static String feed(String input, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
        out.write(input);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " does not end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
