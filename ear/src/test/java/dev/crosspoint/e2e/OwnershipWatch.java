package dev.crosspoint.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Looks at the record all the time: a call's epoch never falls, no epoch has two owners or gets one
 * after it had none, and no call has two transitions that run.
 */
final class OwnershipWatch implements AutoCloseable {
  private static final long PAUSE_MS = 10;
  private static final String QUERY =
      """
      SELECT c.id, c.epoch, c.owner_node,
             (SELECT count(*) FROM transition t WHERE t.call_id = c.id AND t.finished_at IS NULL)
      FROM call c
      """;

  private final Connection connection;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private record Seen(long epoch, Optional<String> owner) {
    /** Whether this may be seen next. */
    boolean leadsTo(Seen next) {
      return next.epoch > epoch
          || (next.epoch == epoch && (next.owner.isEmpty() || next.owner.equals(owner)));
    }
  }

  OwnershipWatch(Connection connection) {
    this.connection = connection;
    thread = Thread.ofPlatform().name("ownership watch").start(this::watch);
  }

  /** To be asked when there has been a call: a watch that saw none could not have complained. */
  List<String> complaints() {
    return complaints.isEmpty() && seen.isEmpty()
        ? List.of("the watch has seen no call")
        : List.copyOf(complaints);
  }

  private void watch() {
    try (Statement statement = connection.createStatement()) {
      while (!Thread.currentThread().isInterrupted()) {
        try (ResultSet rows = statement.executeQuery(QUERY)) {
          while (rows.next()) {
            look(rows);
          }
        }
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException closed) {
      // That is how it ends.
    } catch (SQLException e) {
      complaints.add("the watch ended: " + e);
    }
  }

  private void look(ResultSet row) throws SQLException {
    String call = row.getString(1);
    Seen now = new Seen(row.getLong(2), Optional.ofNullable(row.getString(3)));
    Seen before = seen.put(call, now);
    if (before != null && !before.leadsTo(now)) {
      complaints.add("call %s went from %s to %s".formatted(call, before, now));
    }
    if (row.getLong(4) > 1) {
      complaints.add("call %s has %d running transitions".formatted(call, row.getLong(4)));
    }
  }

  @Override
  public void close() throws SQLException {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
