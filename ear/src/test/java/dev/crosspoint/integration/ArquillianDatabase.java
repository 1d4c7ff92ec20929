package dev.crosspoint.integration;

import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The database of Arquillian's server, there before the server starts. Its address reaches the
 * server as files of variables, for Arquillian hands over no environment.
 */
public final class ArquillianDatabase implements LauncherSessionListener {
  /** Who may only read, and does so for the history. */
  static final String READER = "reader";

  private @Nullable EmbeddedDatabase database;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String liberty = System.getProperty("crosspoint.liberty");
    if (liberty == null) {
      return;
    }
    try {
      database = EmbeddedDatabase.temporary();
      Path variables =
          Files.createDirectories(Path.of(liberty, "usr", "servers", "arquillian", "variables"));
      DatabaseAddress address = database.database("arquillian");
      letReaderRead(address);
      write(variables, settings(address));
    } catch (IOException e) {
      throw new UncheckedIOException("the database of the tests did not start", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the database of the tests does not answer", e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (database != null) {
      try {
        database.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the database of the tests did not stop", e);
      }
    }
  }

  /** Every table that the application makes later. */
  private static void letReaderRead(DatabaseAddress address) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(READER));
      statement.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + READER);
    }
  }

  private static Map<String, String> settings(DatabaseAddress address) throws IOException {
    // What an address says of the user would count more than the setting.
    String history = address.url().replaceFirst("\\?.*", "");
    return Map.ofEntries(
        Map.entry("crosspoint.database.url", address.url()),
        Map.entry("crosspoint.database.user", address.user()),
        Map.entry("crosspoint.database.password", address.password()),
        Map.entry("crosspoint.history.url", history),
        Map.entry("crosspoint.history.user", READER),
        Map.entry("crosspoint.history.password", READER),
        Map.entry("crosspoint.http.port", freePort()),
        Map.entry("crosspoint.https.port", freePort()),
        Map.entry("crosspoint.tls.keystore.password", "arquillian"),
        Map.entry("crosspoint.guest-access", "true"));
  }

  private static void write(Path directory, Map<String, String> settings) throws IOException {
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      Files.writeString(directory.resolve(setting.getKey()), setting.getValue());
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}
