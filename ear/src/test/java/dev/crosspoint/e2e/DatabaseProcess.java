package dev.crosspoint.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The processes of a server's database, to do them harm. */
final class DatabaseProcess {
  private static final long POLL_NS = 100_000_000;
  private static final int TRIES = 300;

  private final RunningServer server;

  DatabaseProcess(RunningServer server) {
    this.server = server;
  }

  /** Nothing of the database moves until what is returned is closed. */
  Pause pause() throws Exception {
    List<ProcessHandle> all = processes();
    signal(all, "STOP");
    return () -> signal(all, "CONT");
  }

  private static void signal(List<ProcessHandle> processes, String signal) throws IOException {
    try {
      for (ProcessHandle process : processes) {
        if (process.isAlive()) {
          TwoServers.signal(process, signal);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ended by {@link #close}. */
  interface Pause extends Closeable {}

  /** Cuts every connection, ends the database and starts it again; returns when it answers. */
  void restart() throws Exception {
    stop().close();
  }

  /**
   * Cuts every connection and ends the database until what is returned is closed; that returns when
   * it answers.
   */
  Pause stop() throws Exception {
    ProcessHandle postmaster = processes().getFirst();
    byte[] words =
        Files.readAllBytes(Path.of("/proc", String.valueOf(postmaster.pid()), "cmdline"));
    TwoServers.signal(postmaster, "INT");
    postmaster.onExit().join();
    return () -> start(words);
  }

  private void start(byte[] words) throws IOException {
    // In a user namespace of its own, for it does not run as root.
    List<String> command = new ArrayList<>(List.of("unshare", "--user"));
    command.addAll(List.of(new String(words, StandardCharsets.UTF_8).split("\0")));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(server.log().resolveSibling("database.log").toFile()))
        .start();
    try {
      awaitAnswer();
    } catch (SQLException e) {
      throw new IOException("the database does not start again", e);
    }
  }

  private void awaitAnswer() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = server.database()) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException starting) {
        if (attempt == TRIES) {
          throw starting;
        }
      }
      LockSupport.parkNanos(POLL_NS);
    }
  }

  private List<ProcessHandle> processes() throws SQLException {
    try (Connection connection = server.database()) {
      return TwoServers.processes(connection);
    }
  }
}
