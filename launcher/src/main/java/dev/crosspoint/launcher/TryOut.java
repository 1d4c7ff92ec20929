package dev.crosspoint.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The run command: a database, a server with guest access, the addresses to open, and the end of
 * both at Ctrl-C or SIGTERM.
 */
public final class TryOut {
  private static final Duration START = Duration.ofMinutes(3);
  private static final String SERVER = "crosspoint";

  private final Path runtime;
  private final Path data;
  private final Map<String, String> environment;
  private final PrintStream out;

  TryOut(Path runtime, Path data, Map<String, String> environment, PrintStream out) {
    this.runtime = runtime;
    this.data = data;
    this.environment = Map.copyOf(environment);
    this.out = out;
  }

  /**
   * @param arguments directory of the Open Liberty runtime, directory for the database
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException, SQLException {
    Signals.onEnding(Thread.currentThread()::interrupt);
    TryOut tryOut =
        new TryOut(Path.of(arguments[0]), Path.of(arguments[1]), System.getenv(), System.out);
    try {
      tryOut.run();
    } catch (InterruptedException asked) {
      System.out.println("Crosspoint has stopped.");
    }
  }

  /**
   * @throws InterruptedException when it was asked to end, after it did
   */
  void run() throws IOException, SQLException, InterruptedException {
    if (environment.containsKey("CROSSPOINT_DATABASE_URL")) {
      serve(Map.of());
      return;
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.keptIn(data)) {
      serve(database.database("crosspoint").settings());
    }
  }

  private void serve(Map<String, String> database) throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(database);
    settings.put("CROSSPOINT_GUEST_ACCESS", setting("CROSSPOINT_GUEST_ACCESS", "true"));
    SharedMachine.SETTINGS.forEach((name, value) -> settings.put(name, setting(name, value)));
    settings.put("WLP_LOGGING_CONSOLE_LOGLEVEL", setting("WLP_LOGGING_CONSOLE_LOGLEVEL", "ERROR"));
    // Who signs with a key of their own makes their administrators themselves.
    Optional<AdminAccess> admin =
        environment.containsKey("CROSSPOINT_TOKEN_KEY")
            ? Optional.empty()
            : Optional.of(AdminAccess.make());
    admin.ifPresent(access -> settings.put("CROSSPOINT_TOKEN_KEY", access.tokenKey()));
    try (LibertyServer server =
        LibertyServer.start(runtime, SERVER, settings, ProcessBuilder.Redirect.INHERIT)) {
      server.awaitReady(START);
      out.println(welcome());
      admin.ifPresent(access -> out.println(administration(access)));
      throw new IOException("the server ended with exit code " + server.awaitEnd());
    }
  }

  private String welcome() throws SocketException {
    URI here = LibertyServer.address(environment);
    String https = setting("CROSSPOINT_HTTPS_PORT", "9443");
    String lan =
        LanAddress.find().map(address -> "https://%s:%s/".formatted(address, https)).orElse("none");
    return """

    ┌───────────────────────────────────────────────────────────────────────
    │ Crosspoint is running.
    │
    │   on this machine    %s
    │   on your network    %s
    │                      (the browser warns once: this certificate was
    │                      made on the spot)
    │
    │ For trying out only: guest access is on, anybody who can reach this
    │ machine may make calls, and the database may lose data in a crash.
    │ Ctrl-C stops everything.
    └───────────────────────────────────────────────────────────────────────
    """
        .formatted(here, lan);
  }

  private String administration(AdminAccess access) {
    return """
    For you alone, the administration page (good for 12 hours):

    %sadmin#token=%s
    """
        .formatted(LibertyServer.address(environment), access.token(Instant.now()));
  }

  private String setting(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }
}
