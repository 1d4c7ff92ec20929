package dev.crosspoint.e2e;

import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Two servers on one database, with a short lease. Used by one thread. */
final class TwoServers implements AutoCloseable {

  private final EmbeddedDatabase postgres;
  private final Connection connection;
  private final OwnershipWatch watch;
  final RunningServer one;
  final RunningServer two;

  private TwoServers(
      EmbeddedDatabase postgres, DatabaseAddress database, RunningServer one, RunningServer two)
      throws SQLException {
    this.postgres = postgres;
    this.one = one;
    this.two = two;
    connection = connect(database);
    watch = new OwnershipWatch(connect(database));
  }

  static TwoServers start(Duration lease) throws IOException, SQLException, InterruptedException {
    EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
    DatabaseAddress database = postgres.database("crosspoint");
    Map<String, String> settings = Map.of("CROSSPOINT_NODE_LEASE", lease.toString());
    RunningServer one = RunningServer.launch("one", database, settings);
    RunningServer two = RunningServer.launch("two", database, settings);
    return new TwoServers(postgres, database, one.ready(), two.ready());
  }

  private static Connection connect(DatabaseAddress database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  List<RunningServer> both() {
    return List.of(one, two);
  }

  /** What went wrong with the ownership of any call, at any time so far. */
  List<String> complaints() {
    return watch.complaints();
  }

  /** The columns of the row that a query about a call finds, separated by blanks. */
  String row(String query, String callId) {
    return String.join("\n", rows(query, callId));
  }

  /** Everything that is written about a call. */
  List<String> record(String callId) {
    return rows(
        """
        WITH one AS (SELECT ?::text AS id)
        SELECT to_jsonb(c)::text FROM call c, one WHERE c.id = one.id
        UNION ALL SELECT to_jsonb(p)::text FROM participant p, one WHERE p.call_id = one.id
        UNION ALL SELECT to_jsonb(t)::text FROM transition t, one WHERE t.call_id = one.id
        UNION ALL SELECT to_jsonb(s)::text FROM transition_step s, one WHERE s.call_id = one.id
        ORDER BY 1
        """,
        callId);
  }

  private List<String> rows(String query, String callId) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, callId);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> values = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            values.add(String.valueOf(rows.getString(column)));
          }
          found.add(String.join(" ", values));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** The database's processes, the one that makes the others first. */
  List<ProcessHandle> database() throws SQLException {
    return processes(connection);
  }

  /** The processes of a connection's database, the one that makes the others first. */
  static List<ProcessHandle> processes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      ProcessHandle postmaster =
          ProcessHandle.of(row.getLong(1)).orElseThrow().parent().orElseThrow();
      return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }
  }

  /** How often a server's console shows a message. */
  static long said(RunningServer server, String message) throws IOException {
    try (Stream<String> lines = Files.lines(server.log())) {
      return lines.filter(line -> line.contains(message)).count();
    }
  }

  /** Sends a signal to a process. */
  static void signal(ProcessHandle process, String signal)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    int exit = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -%s ended with %d".formatted(signal, exit));
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    watch.close();
    connection.close();
    for (RunningServer server : both()) {
      server.close();
    }
    postgres.close();
  }
}
