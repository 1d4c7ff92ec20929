package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.RunningServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The record of a call's transitions. */
final class TransitionLog {
  private final RunningServer server;
  private final String callId;

  TransitionLog(RunningServer server, String callId) {
    this.server = server;
    this.callId = callId;
  }

  /**
   * A transition that is over.
   *
   * @param phase the phase in which it ended
   * @param requestToCommitMs 0 when it was not committed
   * @param finishedAt in milliseconds of the wall clock
   */
  record Entry(long number, String phase, double requestToCommitMs, double finishedAt) {
    boolean completed() {
      return phase.equals("COMPLETED");
    }
  }

  /** The transitions with a higher number that are over, in order. */
  List<Entry> after(long number) throws SQLException {
    try (Connection database = server.database();
        PreparedStatement query =
            database.prepareStatement(
                """
                SELECT number, t.phase, finished_at,
                  coalesce(extract(epoch FROM s.entered_at - started_at) * 1000, 0) AS took
                FROM transition t LEFT JOIN transition_step s
                  ON s.call_id = t.call_id AND s.transition_number = number AND s.phase = 'RELEASING'
                WHERE t.call_id = ? AND number > ? AND finished_at IS NOT NULL ORDER BY number
                """)) {
      query.setString(1, callId);
      query.setLong(2, number);
      List<Entry> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Entry(
                  rows.getLong("number"),
                  rows.getString("phase"),
                  rows.getDouble("took"),
                  rows.getTimestamp("finished_at").getTime()));
        }
      }
      return found;
    }
  }
}
