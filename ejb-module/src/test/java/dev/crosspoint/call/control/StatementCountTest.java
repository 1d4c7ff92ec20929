package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What concerns everybody in a call takes as many statements for fifty people as for two. */
class StatementCountTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final int FEW = 2;
  private static final int MANY = 50;

  private final TestDatabase database = TestDatabase.fresh();
  private final CallStore store = new CallStore(database, InstantSource.fixed(NOW));
  private final NodeSettings node = new NodeSettings("a", Duration.ofMinutes(5));

  @BeforeEach
  void takeLease() {
    new NodeLeases(database).take(node);
  }

  @Test
  void closingWhatADeadOwnerLeftOpen() {
    assertThat(of(MANY, scene -> database.statementsOf(() -> store.claim(scene.id(), node))))
        .isEqualTo(of(FEW, scene -> database.statementsOf(() -> store.claim(scene.id(), node))))
        .isLessThanOrEqualTo(8);
    assertThat(database.query("SELECT count(*) FROM participant WHERE left_at IS NULL"))
        .containsExactly("0");
  }

  @Test
  void givingACallBack() {
    assertThat(of(MANY, scene -> database.statementsOf(() -> store.release(scene.owned()))))
        .isEqualTo(of(FEW, scene -> database.statementsOf(() -> store.release(scene.owned()))))
        .isLessThanOrEqualTo(7);
  }

  @Test
  void lettingPeopleIn() {
    ToLongFunction<Scene> admission =
        scene ->
            database.statementsOf(
                () -> store.record(scene.owned(), List.of(), scene.participants(), Instant.now()));
    assertThat(of(MANY, admission)).isEqualTo(of(FEW, admission)).isEqualTo(2);
    assertThat(database.query("SELECT count(*) FROM participant WHERE status = 'ADMITTED'"))
        .containsExactly(String.valueOf(MANY + FEW));
  }

  @Test
  void tellingWhatBecameOfPeople() {
    StoryWriter writer = new StoryWriter(database);
    ToLongFunction<Scene> story = scene -> database.statementsOf(() -> writer.write(story(scene)));
    assertThat(of(MANY, story)).isEqualTo(of(FEW, story)).isEqualTo(2);
    assertThat(database.query("SELECT count(*) FROM transition_note"))
        .containsExactly(String.valueOf(MANY + FEW));
    assertThat(database.query("SELECT count(*) FROM transition_gap"))
        .containsExactly(String.valueOf(MANY + FEW));
  }

  /** A call with people in it, of which a transition runs. */
  private record Scene(OwnedCall owned, List<String> participants) {
    String id() {
      return owned.id();
    }
  }

  private long of(int people, ToLongFunction<Scene> statements) {
    String id = "call-of-" + people;
    store.create(new CallEntity(id, "Weekly", "user-1", NOW));
    OwnedCall owned = store.claim(id, node);
    List<String> participants =
        IntStream.range(0, people)
            .mapToObj(n -> store.join(owned, participant(id, "p" + n), Optional.empty()).id())
            .toList();
    store.record(
        owned,
        List.of(
            new Effect.Show(
                CallStoreTest.toSfu(1), TransitionPhase.CONNECTING, "", Optional.empty())),
        List.of(),
        Instant.now());
    return statements.applyAsLong(new Scene(owned, participants));
  }

  private static ParticipantEntity participant(String callId, String name) {
    return new ParticipantEntity(
        callId + name,
        callId,
        name,
        name,
        ParticipantStatus.CONNECTING,
        new Device("Chromium", "156", true),
        NOW);
  }

  private static StoryPart story(Scene scene) {
    return new StoryPart(
        scene.id(),
        1,
        1,
        scene.participants().stream()
            .map(id -> new StoryPart.Note(id, MemberOutcome.LATE, NOW, "slow"))
            .toList(),
        scene.participants().stream()
            .map(id -> new StoryPart.Gap(id, "somebody", "camera", 12.5))
            .toList());
  }
}
