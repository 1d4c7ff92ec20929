package dev.crosspoint.e2e;

import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import dev.crosspoint.launcher.LibertyServer;
import dev.crosspoint.launcher.SharedMachine;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged server with guest access on free ports, and its database. */
public final class RunningServer implements Closeable {
  private static final Duration START = Duration.ofSeconds(100);
  private static final String SERVER = "crosspoint";

  /**
   * A server beside the shared one ends with its test, before it has gained what the optimizing
   * compiler costs, and the browsers need the processors. For those whose tests say nothing of the
   * JVM.
   */
  private static final String QUICKLY_COMPILED = "-XX:TieredStopAtLevel=1";

  /** As servers are shipped: for those that live long, or whose load is measured. */
  static final String FULLY_COMPILED = "-XX:TieredStopAtLevel=4";

  private final DatabaseAddress database;
  private final Map<String, String> settings;
  private final int httpPort;
  private final int httpsPort;
  private final Path log;
  private final Closeable owned;
  private LibertyServer liberty;

  private RunningServer(
      DatabaseAddress database,
      Map<String, String> settings,
      int httpPort,
      int httpsPort,
      Path log,
      Closeable owned)
      throws IOException {
    this.database = database;
    this.settings = new HashMap<>(settings);
    this.httpPort = httpPort;
    this.httpsPort = httpsPort;
    this.log = log;
    this.owned = owned;
    liberty = run(ProcessBuilder.Redirect.to(log.toFile()));
  }

  static RunningServer start() throws IOException, SQLException, InterruptedException {
    return start(Map.of());
  }

  /**
   * Starts a server with settings of its own.
   *
   * @param more environment variables beside those that every tested server has
   */
  public static RunningServer start(Map<String, String> more)
      throws IOException, SQLException, InterruptedException {
    EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
    return launch("server", postgres.database("crosspoint"), more, postgres::close).ready();
  }

  /**
   * Starts a server with settings and a database of its own beside the one that all tests share.
   *
   * @param name also that of its log
   */
  static RunningServer startBeside(String name, Map<String, String> settings)
      throws IOException, SQLException, InterruptedException {
    EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
    DatabaseAddress database = postgres.database("crosspoint");
    return launch(name, database, ofOneTest(name, settings), postgres::close).ready();
  }

  /**
   * Launches one of several servers on a database that stays when it is closed; {@link #ready}
   * waits for it.
   *
   * @param name its name among them; also that of its log
   */
  static RunningServer launch(String name, DatabaseAddress database, Map<String, String> settings)
      throws IOException {
    return launch(name, database, ofOneTest(name, settings), () -> {});
  }

  private static Map<String, String> ofOneTest(String name, Map<String, String> settings)
      throws IOException {
    Map<String, String> own = new HashMap<>(settings);
    own.putIfAbsent("JVM_ARGS", QUICKLY_COMPILED);
    own.put("CROSSPOINT_NODE_NAME", name);
    own.put("WLP_USER_DIR", ServerCopy.make(liberty(), SERVER, output().resolve(name)).toString());
    return own;
  }

  /**
   * @param owned closed with the server
   */
  private static RunningServer launch(
      String name, DatabaseAddress database, Map<String, String> more, Closeable owned)
      throws IOException {
    int httpPort = freePort();
    int httpsPort = freePort();
    Path log = Files.createDirectories(output()).resolve(name + ".log");
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("CROSSPOINT_HTTP_PORT", String.valueOf(httpPort));
    settings.put("CROSSPOINT_HTTPS_PORT", String.valueOf(httpsPort));
    settings.put("CROSSPOINT_MEDIA_PORT", "0");
    settings.put("CROSSPOINT_GUEST_ACCESS", "true");
    settings.put("CROSSPOINT_SFU_CALLS", "100"); // tests have many calls at once
    settings.putAll(SharedMachine.SETTINGS);
    settings.putAll(more);
    return new RunningServer(database, settings, httpPort, httpsPort, log, owned);
  }

  private LibertyServer run(ProcessBuilder.Redirect output) throws IOException {
    return LibertyServer.start(liberty(), SERVER, settings, output);
  }

  /** Waits until the server serves, and closes it when it never does. */
  RunningServer ready() throws IOException, InterruptedException {
    try {
      liberty.awaitReady(START);
      return this;
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Its environment, beside that of this process. */
  Map<String, String> settings() {
    return settings;
  }

  /** Its process. */
  ProcessHandle process() {
    return liberty.process();
  }

  /** Ends the server without a warning, as a power cut does; its database goes on. */
  void kill() {
    List<ProcessHandle> victims =
        Stream.concat(process().descendants(), Stream.of(process())).toList();
    victims.forEach(ProcessHandle::destroyForcibly);
    victims.forEach(victim -> victim.onExit().join());
  }

  /** Waits until the server ends by itself, and gives its exit code. */
  int awaitEnd() throws InterruptedException {
    return liberty.awaitEnd();
  }

  /** Starts the server that has ended again, with the same settings and database. */
  void startAgain() throws IOException, InterruptedException {
    startAgain(Map.of());
  }

  /**
   * The same with other settings.
   *
   * @param changed environment variables beside the earlier ones or in their place
   */
  void startAgain(Map<String, String> changed) throws IOException, InterruptedException {
    settings.putAll(changed);
    liberty = run(ProcessBuilder.Redirect.appendTo(log.toFile()));
    liberty.awaitReady(START);
  }

  /** Where a browser on this machine finds the pages; a secure context. */
  public URI http() {
    return URI.create("http://localhost:%d/".formatted(httpPort));
  }

  /** The same with TLS and a self-signed certificate. */
  public URI https() {
    return URI.create("https://localhost:%d/".formatted(httpsPort));
  }

  /** A connection to the server's database, to read back what it wrote. */
  public Connection database() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  /**
   * The value of a metric.
   *
   * @param start what its line begins with: name and leading labels
   */
  public double metric(String start) throws IOException, InterruptedException {
    return metrics(start).values().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no metric " + start));
  }

  /**
   * The values of all metrics whose line begins so, by name and labels.
   *
   * @param start for example a name with the brace of its labels
   */
  public Map<String, Double> metrics(String start) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(http().resolve("metrics")).build();
      return client
          .send(request, BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(start))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.lastIndexOf(' ')),
                  line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)),
                  (first, _) -> first,
                  LinkedHashMap::new));
    }
  }

  /** The console of the server. */
  public Path log() {
    return log;
  }

  @Override
  public void close() throws IOException {
    liberty.close();
    owned.close();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Path liberty() {
    return Path.of(property("crosspoint.liberty"));
  }

  private static Path output() {
    return Path.of(property("crosspoint.e2e.output"));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "the system property %s is missing: the build sets it".formatted(name));
    }
    return value;
  }
}
