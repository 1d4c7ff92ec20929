package dev.crosspoint.integration;

import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The database of Arquillian's server, there before the server starts. Its address reaches the
 * server as files of variables, for Arquillian hands over no environment.
 */
public final class ArquillianDatabase implements LauncherSessionListener {
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
      write(variables, settings(database.database("arquillian")));
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

  private static Map<String, String> settings(DatabaseAddress address) throws IOException {
    return Map.of(
        "crosspoint.database.url", address.url(),
        "crosspoint.database.user", address.user(),
        "crosspoint.database.password", address.password(),
        "crosspoint.http.port", freePort(),
        "crosspoint.https.port", freePort(),
        "crosspoint.tls.keystore.password", "arquillian",
        "crosspoint.guest-access", "true");
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
