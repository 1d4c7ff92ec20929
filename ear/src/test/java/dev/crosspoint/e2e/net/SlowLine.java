package dev.crosspoint.e2e.net;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** A cable that delays and loses frames, between a port here and a namespace's eth0. */
final class SlowLine implements AutoCloseable {
  private final Process process;
  private final BufferedWriter orders;

  SlowLine(String port, String namespace, Line line) {
    String command =
        "%s %s %s %s".formatted(NetworkLab.script("slow-line"), port, namespace, line.words());
    try {
      process = new ProcessBuilder(command.split(" ")).redirectError(Redirect.INHERIT).start();
      orders = process.outputWriter(StandardCharsets.UTF_8);
      BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
      if (!"ready".equals(answers.readLine())) {
        throw new IllegalStateException("the slow line of " + namespace + " did not start");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void become(Line line) {
    try {
      orders.write(line.words());
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the slow line has ended", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
