package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoryWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

  private final TestDatabase database = TestDatabase.fresh();
  private final StoryWriter writer = new StoryWriter(database);
  private final TransitionLog log = new TransitionLog(database);

  @BeforeEach
  void createCall() {
    database.call(em -> {
      em.persist(new CallEntity("a", "Weekly", "u", NOW));
      return em;
    });
  }

  @Test
  void aPartThatIsWrittenAgainAddsNothing() {
    transition(1);
    StoryPart part = part("a", 1);
    writer.write(part);
    writer.write(part);

    TransitionRecords records = log.find("a", 1).orElseThrow();
    assertThat(records.notes()).singleElement().extracting("participantId").isEqualTo("p1");
    assertThat(records.gaps()).singleElement().extracting("gapMs").isEqualTo(12.5);
  }

  @Test
  void aPartMayComeBeforeItsTransition() {
    writer.write(part("a", 1));
    transition(1);

    assertThat(log.find("a", 1).orElseThrow().notes()).hasSize(1);
  }

  @Test
  void whatAnOwnerToldWhoseEpochWasOverIsPartOfNoStory() {
    transition(2);
    writer.write(part("a", 1));

    TransitionRecords records = log.find("a", 1).orElseThrow();
    assertThat(records.notes()).isEmpty();
    assertThat(records.gaps()).isEmpty();
    TransitionLog.Filter all =
        new TransitionLog.Filter(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    TransitionLog.Part latest = log.latest(all, Optional.empty(), 10);
    assertThat(latest.troubles()).isEmpty();
    assertThat(latest.rows()).singleElement().extracting("worstGapMs").isNull();
  }

  @Test
  void aCallThatIsNotThereHasNoStoryAndDoesNoHarm() {
    writer.write(part("gone", 1));

    assertThat(database.query("SELECT count(*) FROM transition_note")).containsExactly("0");
  }

  private void transition(long epoch) {
    database.execute(
        """
        INSERT INTO transition (call_id, number, epoch, from_mode, to_mode, reason, attempt, phase, started_at)
        VALUES ('a', 1, %d, 'DIRECT', 'SFU', 'PARTICIPANT_JOINED', 1, 'CONNECTING', now())
        """
            .formatted(epoch));
  }

  private static StoryPart part(String call, long epoch) {
    return new StoryPart(
        call,
        epoch,
        1,
        List.of(new StoryPart.Note("p1", MemberOutcome.LATE, NOW, "x".repeat(600))),
        List.of(new StoryPart.Gap("p1", "p2", "camera", 12.5)));
  }
}
