package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.data.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With many rows in the tables, what a running server asks often is found by an index. */
class HotQueriesTest {

  @BeforeAll
  static void manyRows() {
    TestDatabase database = TestDatabase.fresh();
    database.execute(
        """
        INSERT INTO call (id, name, status, mode, epoch, owner_node, router_id, created_by, created_at, ended_at)
        SELECT 'c' || n, 'call', CASE WHEN n % 50 = 0 THEN 'OPEN' ELSE 'ENDED' END,
               CASE WHEN n % 200 = 0 THEN 'SFU' ELSE 'DIRECT' END, 1,
               CASE WHEN n % 50 = 0 THEN 'node' || n % 7 END,
               CASE WHEN n % 200 = 0 THEN 'r' || n END, 'u', now(),
               CASE WHEN n % 50 = 0 THEN NULL ELSE now() END
        FROM generate_series(1, 20000) n
        """);
    database.execute(
        """
        INSERT INTO participant (id, call_id, subject, display_name, status, browser, browser_version, joined_at, left_at, leave_reason)
        SELECT 'p' || n, 'c' || (n % 20000 + 1), 'u', 'U', 'ADMITTED', 'b', '1', now(),
               CASE WHEN n % 20 = 0 THEN NULL ELSE now() END, CASE WHEN n % 20 = 0 THEN NULL ELSE 'LEFT' END
        FROM generate_series(1, 40000) n
        """);
    database.execute(
        """
        INSERT INTO transition (call_id, number, epoch, from_mode, to_mode, reason, attempt, phase, started_at, finished_at)
        SELECT 'c' || (n % 20000 + 1), n / 20000 + 1, 1, 'DIRECT', 'SFU', 'PARTICIPANT_JOINED', 1, 'COMPLETED', now() - n * interval '1 second', now()
        FROM generate_series(1, 39999) n
        """);
    database.execute(
        """
        INSERT INTO transition_step (call_id, transition_number, position, phase, entered_at, detail)
        SELECT call_id, number, 0, 'REQUESTED', now(), '' FROM transition
        """);
    database.execute(
        """
        INSERT INTO node (id, incarnation, lease_until)
        SELECT 'node' || n, 'life', now() + interval '10 seconds' FROM generate_series(0, 6) n
        """);
    database.execute(
        """
        INSERT INTO transition_note (call_id, transition_number, epoch, participant_id, outcome, noted_at, detail)
        SELECT call_id, number, epoch, 'p1', 'LATE', now(), '' FROM transition
        """);
    database.execute(
        """
        INSERT INTO transition_gap (call_id, transition_number, epoch, receiver_id, sender_id, source_id, gap_ms)
        SELECT call_id, number, epoch, 'p1', 'p2', 'camera', 12.5 FROM transition
        """);
    database.execute("ANALYZE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM call WHERE id = 'c77' AND epoch = 1 FOR NO KEY UPDATE",
        "SELECT id FROM call WHERE mode = 'SFU' AND status = 'OPEN'",
        "SELECT id FROM call WHERE router_id = 'r400'",
        "SELECT id FROM call WHERE owner_node = 'node3'",
        "SELECT * FROM participant WHERE call_id = 'c77' ORDER BY joined_at",
        "UPDATE participant SET left_at = now(), leave_reason = 'LEFT' WHERE call_id = 'c77' AND left_at IS NULL",
        "SELECT * FROM transition t LEFT JOIN transition_step s ON s.call_id = t.call_id"
            + " AND s.transition_number = t.number WHERE t.call_id = 'c77' ORDER BY t.number",
        "SELECT * FROM transition WHERE call_id = 'c77' AND finished_at IS NULL",
        "SELECT * FROM transition_note WHERE call_id = 'c77' AND transition_number = 1",
        "SELECT * FROM transition_gap WHERE call_id = 'c77' AND transition_number = 1",
        "SELECT t.*, c.name, (SELECT max(g.gap_ms) FROM transition_gap g WHERE g.call_id = t.call_id"
            + " AND g.transition_number = t.number) FROM transition t JOIN call c ON c.id = t.call_id"
            + " WHERE (t.started_at, t.call_id, t.number) < (now(), 'c77', 1)"
            + " ORDER BY t.started_at DESC, t.call_id DESC, t.number DESC LIMIT 51",
        "SELECT * FROM transition t WHERE t.call_id = 'c77'"
            + " ORDER BY t.started_at DESC, t.call_id DESC, t.number DESC LIMIT 51",
        "SELECT coalesce(max(number), 0) FROM transition WHERE call_id = 'c77'"
      })
  void isAnsweredByAnIndex(String query) {
    assertThat(TestDatabase.one().query("EXPLAIN " + query))
        .anyMatch(line -> line.contains("Index"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  @Test
  void whoOwnsWhatIsAnsweredByIndexes() {
    assertThat(plan(CallStore.OWNERSHIPS))
        .anyMatch(line -> line.contains("call_by_owner"))
        .noneMatch(line -> line.contains("Seq Scan on call"));
  }

  @Test
  void aClaimFindsItsCallByAnIndex() {
    assertThat(plan(CallStore.CLAIM))
        .anyMatch(line -> line.contains("call_pkey"))
        .noneMatch(line -> line.contains("Seq Scan on call"));
  }

  private static List<String> plan(String statement) {
    return TestDatabase.one()
        .query(
            "EXPLAIN "
                + statement
                    .replace(":node", "'node3'")
                    .replace(":incarnation", "'life'")
                    .replace(":lease", "10000")
                    .replace(":call", "'c77'"));
  }
}
