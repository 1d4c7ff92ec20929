package dev.crosspoint.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that runs the packaged server. */
public final class LibertyServer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final Process process;
  private final URI ready;

  private LibertyServer(Process process, URI ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts a server; {@link #awaitReady} tells when it serves.
   *
   * @param runtime directory of the Open Liberty runtime that has the server
   * @param name name of the server
   * @param settings environment variables beside those of this process
   * @param output where its console goes
   */
  public static LibertyServer start(
      Path runtime, String name, Map<String, String> settings, ProcessBuilder.Redirect output)
      throws IOException {
    ProcessBuilder builder =
        // Clean: the server keeps the jars of nested archives and renews them by their date, which
        // is
        // the same in every reproducible build.
        new ProcessBuilder(runtime.resolve("bin/server").toString(), "run", name, "--clean")
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(settings);
    return new LibertyServer(
        builder.start(), address(builder.environment()).resolve("/health/ready"));
  }

  /** Where a server with these environment variables is reached from its own machine. */
  static URI address(Map<String, String> environment) {
    String host = environment.getOrDefault("CROSSPOINT_HTTP_HOST", "*");
    String port = environment.getOrDefault("CROSSPOINT_HTTP_PORT", "9080");
    String reachable =
        switch (host) {
          case "*", "0.0.0.0", "::" -> "localhost";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return URI.create("http://%s:%s/".formatted(reachable, port));
  }

  /**
   * Waits until the application serves.
   *
   * @throws IOException when the server ends or takes longer than the limit
   */
  public void awaitReady(Duration limit) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      long polls = limit.dividedBy(POLL);
      for (long poll = 0; poll < polls; poll++) {
        if (process.waitFor(POLL)) {
          throw new IOException("the server ended with exit code " + process.exitValue());
        }
        if (isReady(client)) {
          return;
        }
      }
    }
    throw new IOException("the server was not ready after %d s".formatted(limit.toSeconds()));
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notListeningYet) {
      return false;
    }
  }

  /** Waits until the server ends by itself. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends the server in order, and by force when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
