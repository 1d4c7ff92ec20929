package dev.crosspoint.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL on a free port of this machine. It does not wait for the disk (fsync is off), so it
 * is no place for data that matter.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final String USER = "postgres";

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts with data that vanish at the end. */
  public static EmbeddedDatabase temporary() throws IOException {
    return new EmbeddedDatabase(builder().start());
  }

  /**
   * Starts with the data of an earlier start, if there are any. What a killed launcher left running
   * on them is stopped first.
   */
  public static EmbeddedDatabase keptIn(Path data) throws IOException, InterruptedException {
    stopLeftover(data.resolve("postmaster.pid"));
    Files.createDirectories(data);
    return new EmbeddedDatabase(
        builder().setDataDirectory(data).setCleanDataDirectory(false).start());
  }

  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setPGStartupWait(START);
  }

  private static void stopLeftover(Path pidFile) throws IOException, InterruptedException {
    Optional<ProcessHandle> leftover =
        Files.exists(pidFile)
            ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
            : Optional.empty();
    if (leftover.isPresent()) {
      leftover.get().destroy();
      try {
        leftover.get().onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException(
            "an earlier PostgreSQL (process %d) does not end".formatted(leftover.get().pid()), e);
      }
    }
  }

  /** The address of a database of this name, which is made when it does not exist. */
  public DatabaseAddress database(String name) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      if (!exists(connection, name)) {
        try (Statement create = connection.createStatement()) {
          create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
        }
      }
    }
    return new DatabaseAddress(postgres.getJdbcUrl(USER, name), USER, USER);
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
