package dev.crosspoint.call.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.control.TransitionLog;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionStoriesTest {
  private static final Instant START = Instant.parse("2026-11-24T20:00:00Z");
  private static final Caller ADMINISTRATOR =
      new Caller("root", "Root", Set.of(Role.USER, Role.ADMIN), Optional.empty());

  private final TestDatabase database = TestDatabase.fresh();
  private final TransitionStories stories = new TransitionStories(new TransitionLog(database));

  @BeforeEach
  void twoCalls() {
    call("a", "Design review");
    call("b", "Weekly");
  }

  @Test
  void aStoryTellsWhoWasReadyWhenAndWhatTheyNoticed() {
    participant("p1", "a", "Ann");
    participant("p2", "a", "Bob");
    transition("a", 1, 0, "COMPLETED");
    step("a", 1, 0, "REQUESTED", 0);
    step("a", 1, 1, "RELEASING", 820);
    note("a", 1, "p1", "SWITCHED", 900, "");
    note("a", 1, "p1", "READY", 400, "");
    note("a", 1, "p2", "LATE", 6000, "no video");
    gap("a", 1, "p1", "p2", "camera", 33.5);
    gap("a", 1, "p1", "p2", "mic", 4);
    gap("a", 1, "gone", "p1", "mic", 12);

    TransitionStory story = stories.story(ADMINISTRATOR, "a", "t1");

    assertThat(story.callName()).isEqualTo("Design review");
    TransitionView view = story.transition();
    assertThat(view.commitMs()).hasValue(820);
    assertThat(view.worstGapMs()).hasValue(33.5);
    assertThat(view.result()).isEqualTo(TransitionResult.COMMITTED);
    assertThat(view.participants())
        .extracting(one -> one.displayName().orElse("unknown"))
        .containsExactly("Ann", "Bob", "unknown");
    TransitionView.Participant ann = view.participants().getFirst();
    assertThat(ann.outcomes())
        .extracting(TransitionView.Outcome::outcome)
        .containsExactly(MemberOutcome.READY, MemberOutcome.SWITCHED);
    assertThat(ann.gaps())
        .containsExactly(
            new TransitionView.Gap("p2", Optional.of("Bob"), "camera", 33.5),
            new TransitionView.Gap("p2", Optional.of("Bob"), "mic", 4));
    assertThat(ann.worstGapMs()).hasValue(33.5);
    assertThat(view.participants().get(1).outcomes())
        .containsExactly(
            new TransitionView.Outcome(MemberOutcome.LATE, START.plusMillis(6000), "no video"));
  }

  @Test
  void theListTellsHowLongItTookTheWorstGapAndWhoHadTrouble() {
    participant("p1", "a", "Ann");
    transition("a", 1, 0, "COMPLETED");
    step("a", 1, 0, "RELEASING", 500);
    note("a", 1, "p1", "READY", 300, "");
    note("a", 1, "p1", "KEPT_DIRECT", 200, "");
    gap("a", 1, "p1", "p2", "mic", 7);
    gap("a", 1, "p2", "p1", "mic", 9);
    transition("b", 1, 10, "CONNECTING");

    List<TransitionSummary> found = latest(query());

    assertThat(found).extracting(TransitionSummary::callId).containsExactly("b", "a");
    assertThat(found.getFirst().result()).isEqualTo(TransitionResult.RUNNING);
    assertThat(found.getFirst().troubled()).isEmpty();
    assertThat(found.getFirst().worstGapMs()).isEmpty();
    TransitionSummary first = found.get(1);
    assertThat(first.callName()).isEqualTo("Design review");
    assertThat(first.from()).isEqualTo(TopologyMode.DIRECT);
    assertThat(first.commitMs()).hasValue(500);
    assertThat(first.worstGapMs()).hasValue(9);
    assertThat(first.troubled())
        .containsExactly(
            new TransitionSummary.Troubled("p1", Optional.of("Ann"), MemberOutcome.KEPT_DIRECT));
  }

  @Test
  void everyFilterLeavesWhatItNames() {
    transition("a", 1, 0, "COMPLETED");
    transition("a", 2, 10, "ROLLED_BACK");
    transition("b", 1, 20, "CONNECTING");

    assertThat(ids(filtered(TransitionResult.COMMITTED))).containsExactly("a t1");
    assertThat(ids(filtered(TransitionResult.ROLLED_BACK))).containsExactly("a t2");
    assertThat(ids(filtered(TransitionResult.RUNNING))).containsExactly("b t1");
    TransitionQuery all = query();
    assertThat(
            ids(
                new TransitionQuery(
                    all.result(),
                    Optional.of(TransitionReason.SFU_LOST),
                    all.callId(),
                    all.since(),
                    all.after(),
                    all.limit())))
        .isEmpty();
    assertThat(
            ids(
                new TransitionQuery(
                    all.result(),
                    Optional.of(TransitionReason.PARTICIPANT_JOINED),
                    Optional.of("a"),
                    Optional.of(START.plusSeconds(10)),
                    all.after(),
                    all.limit())))
        .containsExactly("a t2");
  }

  @Test
  void pagesTellEveryTransitionOnceAlsoThoseOfOneMoment() {
    for (int number = 1; number <= 5; number++) {
      transition("a", number, 0, "COMPLETED");
      transition("b", number, 0, "COMPLETED");
    }
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      TransitionPage page = stories.latest(ADMINISTRATOR, page(after, 3));
      assertThat(page.transitions()).hasSizeBetween(1, 3);
      page.transitions().forEach(one -> seen.add(one.callId() + one.transitionId()));
      after = page.next();
    } while (after.isPresent());

    assertThat(seen)
        .containsExactly("bt5", "bt4", "bt3", "bt2", "bt1", "at5", "at4", "at3", "at2", "at1");
  }

  @Test
  void moreToTellTakesNoMoreStatements() {
    transition("a", 1, 0, "COMPLETED");
    note("a", 1, "p1", "LATE", 0, "");
    gap("a", 1, "p1", "p2", "mic", 1);
    long listOfOne = database.statementsOf(() -> stories.latest(ADMINISTRATOR, query()));
    long storyOfOne = database.statementsOf(() -> stories.story(ADMINISTRATOR, "a", "t1"));
    CallCatalogReads one = new CallCatalogReads(database);
    long callOfOne = database.statementsOf(one::transitions);
    for (int number = 2; number <= 30; number++) {
      transition("a", number, number, "COMPLETED");
      for (int who = 1; who <= 20; who++) {
        step("a", number, who - 1, "CONNECTING", who);
        note("a", number, "p" + who, "LATE", who, "");
        gap("a", number, "p" + who, "p99", "mic", who);
      }
    }

    assertThat(database.statementsOf(() -> stories.latest(ADMINISTRATOR, query())))
        .isEqualTo(listOfOne)
        .isEqualTo(2);
    assertThat(database.statementsOf(() -> stories.story(ADMINISTRATOR, "a", "t30")))
        .isEqualTo(storyOfOne)
        .isEqualTo(5);
    assertThat(database.statementsOf(one::transitions)).isEqualTo(callOfOne).isEqualTo(5);
  }

  @Test
  void aTransitionThatIsNotThereIsNotFound() {
    transition("a", 1, 0, "COMPLETED");

    for (String id : new String[] {"t2", "t0", "1", "", "t99999999999999999999"}) {
      assertThatThrownBy(() -> stories.story(ADMINISTRATOR, "a", id))
          .isInstanceOfSatisfying(
              CallFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CALL_NOT_FOUND));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
  void onlyAdministratorsAreTold(Role role) {
    refused(new Caller("u", "U", Set.of(role), Optional.empty()));
  }

  @Test
  void anAdministratorsTokenForOneCallTellsNothingOfAll() {
    refused(new Caller("root", "Root", Set.of(Role.ADMIN), Optional.of("a")));
  }

  private void refused(Caller caller) {
    transition("a", 1, 0, "COMPLETED");
    assertThatThrownBy(() -> stories.latest(caller, query()))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(() -> stories.story(caller, "a", "t1"))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "YQ", "YSBiIGM", "MjAyNi0xMS0yNFQyMDowMDowMFogeCBh"})
  void aPageThatBeginsNowhereIsRefused(String after) {
    assertThatThrownBy(() -> stories.latest(ADMINISTRATOR, page(Optional.of(after), 3)))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_MESSAGE));
  }

  /** The way by which a call's own page reads. */
  private record CallCatalogReads(TestDatabase database) {
    void transitions() {
      TransitionViews.of(new TransitionLog(database).ofCall("a").orElseThrow());
    }
  }

  private List<TransitionSummary> latest(TransitionQuery query) {
    return stories.latest(ADMINISTRATOR, query).transitions();
  }

  private List<String> ids(TransitionQuery query) {
    return latest(query).stream().map(one -> one.callId() + " " + one.transitionId()).toList();
  }

  private static TransitionQuery query() {
    return page(Optional.empty(), 50);
  }

  private static TransitionQuery page(Optional<String> after, int limit) {
    return new TransitionQuery(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), after, limit);
  }

  private static TransitionQuery filtered(TransitionResult result) {
    return new TransitionQuery(
        Optional.of(result),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        50);
  }

  private void call(String id, String name) {
    database.execute(
        """
        INSERT INTO call (id, name, status, mode, created_by, created_at)
        VALUES ('%s', '%s', 'OPEN', 'DIRECT', 'u', now())
        """
            .formatted(id, name));
  }

  private void participant(String id, String call, String name) {
    database.execute(
        """
        INSERT INTO participant (id, call_id, subject, display_name, status, browser, browser_version, joined_at, left_at, leave_reason)
        VALUES ('%s', '%s', 'u', '%s', 'ADMITTED', 'b', '1', now(), now(), 'LEFT')
        """
            .formatted(id, call, name));
  }

  private void transition(String call, int number, int seconds, String phase) {
    boolean ended = phase.equals("COMPLETED") || phase.equals("ROLLED_BACK");
    database.execute(
        """
        INSERT INTO transition (call_id, number, epoch, from_mode, to_mode, reason, attempt, phase, started_at, finished_at)
        VALUES ('%s', %d, 1, 'DIRECT', 'SFU', 'PARTICIPANT_JOINED', 1, '%s', '%s', %s)
        """
            .formatted(call, number, phase, START.plusSeconds(seconds), ended ? "now()" : "NULL"));
  }

  private void step(String call, int number, int position, String phase, int ms) {
    database.execute(
        "INSERT INTO transition_step VALUES ('%s', %d, %d, '%s', '%s', '')"
            .formatted(call, number, position, phase, START.plusMillis(ms)));
  }

  private void note(String call, int number, String who, String outcome, int ms, String detail) {
    database.execute(
        """
        INSERT INTO transition_note (call_id, transition_number, epoch, participant_id, outcome, noted_at, detail)
        VALUES ('%s', %d, 1, '%s', '%s', '%s', '%s')
        """
            .formatted(call, number, who, outcome, START.plusMillis(ms), detail));
  }

  private void gap(String call, int number, String to, String from, String source, double ms) {
    database.execute(
        """
        INSERT INTO transition_gap (call_id, transition_number, epoch, receiver_id, sender_id, source_id, gap_ms)
        VALUES ('%s', %d, 1, '%s', '%s', '%s', %s)
        """
            .formatted(call, number, to, from, source, ms));
  }
}
