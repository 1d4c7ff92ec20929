package dev.crosspoint.call.control;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.MemberOutcome;
import dev.crosspoint.transition.control.Transition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With many rows in the tables, what a running server asks often is found by indexes. The
 * statements are those that it sends, planned without their values: as they are after a few times.
 */
class HotQueriesTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final TestDatabase DATABASE = TestDatabase.one();
  private static final NodeSettings NODE = new NodeSettings("node3", Duration.ofMinutes(5));
  private static final CallStore STORE = new CallStore(DATABASE, CLOCK);
  private static final TransitionLog LOG = new TransitionLog(DATABASE);

  /** All tables but that of nodes, which has a handful of rows. */
  private static final Pattern SCAN =
      Pattern.compile("Seq Scan on (call|participant|transition|transition_\\w+)\\b");

  private static final Pattern LIMIT = Pattern.compile("(?i)\\b(first|limit) \\?");

  /** A call that this server owns, one that nobody owns, and one with a long past. */
  private static final String OWNED = "c300";

  private static final String FREE = "c250";
  private static final String PAST = "c77";

  private static final TransitionLog.Filter EVERYTHING =
      new TransitionLog.Filter(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  record Work(String name, Runnable run) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Work> CALLS =
      List.of(
          new Work("the renewal of a lease", () -> new NodeLeases(DATABASE).renew(NODE)),
          new Work("who owns what", () -> STORE.ownerships(NODE)),
          new Work("a claim", () -> STORE.claim(FREE, NODE)),
          new Work(
              "a claim of what was found",
              () -> STORE.claim(new Ownership(OWNED, owned().epoch(), true), NODE)),
          new Work("reading a call", () -> STORE.find(OWNED)),
          new Work(
              "somebody who joins",
              () -> STORE.join(owned(), participant("new"), Optional.of("p42"))),
          new Work(
              "somebody who leaves",
              () -> STORE.leave(owned(), "new", LeaveReason.LEFT, Instant.now())),
          new Work("phases and admissions", HotQueriesTest::recordPhases),
          new Work(
              "a commit",
              () -> STORE.commit(owned(), CallStoreTest.toSfu(8), Optional.of("router"))),
          new Work("a call that is given back", () -> STORE.release(STORE.claim(FREE, NODE))),
          new Work("the end of a call of one", () -> STORE.endAlone(STORE.claim("c350", NODE))),
          new Work("the end of forgotten calls", HotQueriesTest::endForgotten),
          new Work("a story", () -> new StoryWriter(DATABASE).write(story())));

  static final List<Work> HISTORY =
      List.of(
          new Work("the transitions of a call", () -> LOG.ofCall(PAST)),
          new Work("one transition", () -> LOG.find(PAST, 1)),
          new Work("the latest transitions", () -> latest(EVERYTHING, Optional.empty())),
          new Work(
              "the next page",
              () ->
                  latest(
                      EVERYTHING, Optional.of(new TransitionLog.Place(CLOCK.instant(), PAST, 1)))),
          new Work(
              "those of a call",
              () ->
                  latest(
                      new TransitionLog.Filter(
                          List.of(), Optional.empty(), Optional.of(PAST), Optional.empty()),
                      Optional.empty())),
          new Work(
              "those that failed for a reason lately",
              () ->
                  latest(
                      new TransitionLog.Filter(
                          List.of(TransitionPhase.ROLLED_BACK),
                          Optional.of(TransitionReason.PATH_LOST),
                          Optional.empty(),
                          Optional.of(CLOCK.instant().minus(Duration.ofDays(1)))),
                      Optional.empty())));

  @BeforeAll
  static void manyRows() {
    TestDatabase.fresh();
    List.of(
            """
            INSERT INTO node (id, incarnation, lease_until)
            SELECT 'node' || n, 'life', now() + interval '10 seconds' FROM generate_series(0, 6) n
            """,
            """
            INSERT INTO call (id, name, status, mode, epoch, owner_node, router_id, created_by, created_at, ended_at,
              empty_since, answered_at)
            SELECT 'c' || n, 'call', CASE WHEN n % 50 = 0 THEN 'OPEN' ELSE 'ENDED' END,
              CASE WHEN n % 200 = 0 THEN 'SFU' ELSE 'DIRECT' END, 1,
              CASE WHEN n % 100 = 0 THEN 'node' || n / 100 % 7 END,
              CASE WHEN n % 200 = 0 THEN 'r' || n END, 'u', now(),
              CASE WHEN n % 50 = 0 THEN NULL ELSE now() END,
              CASE WHEN n % 100 = 0 THEN NULL ELSE now() - n * interval '1 minute' END,
              CASE WHEN n % 3 = 0 THEN now() END
            FROM generate_series(1, 20000) n
            """,
            """
            INSERT INTO participant (id, call_id, subject, display_name, status, browser, browser_version, joined_at,
              left_at, leave_reason)
            SELECT 'p' || n, 'c' || (n % 20000 + 1), 'u', 'U', 'ADMITTED', 'b', '1', now(),
              CASE WHEN n % 20 = 0 THEN NULL ELSE now() END, CASE WHEN n % 20 = 0 THEN NULL ELSE 'LEFT' END
            FROM generate_series(1, 40000) n
            """,
            """
            INSERT INTO transition (call_id, number, epoch, from_mode, to_mode, reason, attempt, phase, started_at,
              finished_at)
            SELECT 'c' || (n % 20000 + 1), n / 20000 + 1, 1, 'DIRECT', 'SFU', 'PARTICIPANT_JOINED', 1, 'COMPLETED',
              now() - n * interval '1 second', now()
            FROM generate_series(1, 39999) n
            """,
            """
            INSERT INTO transition_step (call_id, transition_number, position, phase, entered_at, detail)
            SELECT call_id, number, 0, 'REQUESTED', now(), '' FROM transition
            """,
            """
            INSERT INTO transition_note (call_id, transition_number, epoch, participant_id, outcome, noted_at, detail)
            SELECT call_id, number, epoch, 'p1', 'LATE', now(), '' FROM transition
            """,
            """
            INSERT INTO transition_gap (call_id, transition_number, epoch, receiver_id, sender_id, source_id, gap_ms)
            SELECT call_id, number, epoch, 'p1', 'p2', 'camera', 12.5 FROM transition
            """,
            "ANALYZE")
        .forEach(DATABASE::execute);
    new NodeLeases(DATABASE).take(NODE);
  }

  @ParameterizedTest
  @FieldSource({"CALLS", "HISTORY"})
  void isAnsweredByIndexes(Work work) {
    List<String> statements = DATABASE.statements(work.run());
    assertThat(statements).isNotEmpty();
    assertThat(statements).allSatisfy(HotQueriesTest::assertNoScan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM call WHERE mode = 'SFU' AND status = 'OPEN'",
        "SELECT id FROM call WHERE router_id = 'r400'"
      })
  void operatorsFindByAnIndex(String query) {
    assertThat(DATABASE.query("EXPLAIN " + query)).anyMatch(line -> line.contains("Index"));
    assertNoScan(query);
  }

  @Test
  void callsWhoseTimeIsOverAreFoundAmongAllByIndexesOfTheirOwn() {
    List<String> plans =
        DATABASE.statements(HotQueriesTest::endForgotten).stream()
            .flatMap(statement -> plan(statement).stream())
            .toList();
    assertThat(plans)
        .anyMatch(line -> line.contains("call_abandoned"))
        .anyMatch(line -> line.contains("call_unanswered"));
  }

  @Test
  void whoOwnsWhatIsFoundAmongTheCallsThatHaveOwners() {
    assertThat(DATABASE.statements(() -> STORE.ownerships(NODE)))
        .singleElement()
        .satisfies(statement ->
            assertThat(plan(statement)).anyMatch(line -> line.contains("call_by_owner")));
  }

  @Test
  void aScanWouldBeNoticed() {
    assertThat(plan("SELECT * FROM call c WHERE c.name = ?"))
        .anyMatch(line -> SCAN.matcher(line).find());
  }

  private static void assertNoScan(String statement) {
    assertThat(plan(statement)).as(statement).noneMatch(line -> SCAN.matcher(line).find());
  }

  /** How the database would answer, whatever the values are; how many rows a page has, it knows. */
  private static List<String> plan(String statement) {
    String[] parts = LIMIT.matcher(statement).replaceAll("$1 51").split("\\?", -1);
    return DATABASE.plan(
        IntStream.range(0, parts.length)
            .mapToObj(n -> n == 0 ? parts[0] : "$" + n + parts[n])
            .collect(joining()));
  }

  private static OwnedCall owned() {
    long epoch =
        Long.parseLong(
            DATABASE.query("SELECT epoch FROM call WHERE id = '%s'".formatted(OWNED)).getFirst());
    return new OwnedCall(OWNED, "call", epoch, 0);
  }

  private static ParticipantEntity participant(String id) {
    return new ParticipantEntity(
        id,
        OWNED,
        "user-1",
        "Ada",
        ParticipantStatus.CONNECTING,
        new Device("Chromium", "156", true),
        CLOCK.instant());
  }

  private static void recordPhases() {
    Transition transition = CallStoreTest.toSfu(7);
    STORE.record(
        owned(),
        List.of(
            new Effect.Show(transition, TransitionPhase.CONNECTING, "", Optional.empty()),
            new Effect.Show(transition, TransitionPhase.ROLLED_BACK, "", Optional.empty())),
        List.of("p1", "p2"),
        Instant.now());
  }

  private static void endForgotten() {
    new ForgottenCalls(
            DATABASE,
            new CallLifetimes(Duration.ofDays(1), Duration.ofDays(7), Duration.ZERO),
            new RecordedMeter(),
            CLOCK)
        .end();
  }

  private static StoryPart story() {
    return new StoryPart(
        PAST,
        1,
        1,
        List.of(new StoryPart.Note("p9", MemberOutcome.LATE, CLOCK.instant(), "")),
        List.of(new StoryPart.Gap("p9", "p8", "camera", 12.5)));
  }

  private static void latest(TransitionLog.Filter filter, Optional<TransitionLog.Place> after) {
    LOG.latest(filter, after, 51);
  }
}
