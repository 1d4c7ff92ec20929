package dev.crosspoint.call.control;

import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.function.Function;

/**
 * Writes parts of stories to the database, in one statement each for notes and gaps, of however
 * many people. A part may be written again and adds nothing then. It may come before its
 * transition's own row, and from an owner whose epoch is over: rows carry the epoch, and only those
 * of the epoch in which their transition ran are part of its story.
 */
@Singleton
public class StoryWriter {
  private static final int MAX_DETAIL = 500;

  static final String NOTES =
      """
      INSERT INTO transition_note
        (call_id, transition_number, epoch, participant_id, outcome, noted_at, detail)
      SELECT call.id, CAST(:number AS bigint), CAST(:epoch AS bigint),
        note.participant, note.outcome, CAST(note.at AS timestamptz), note.detail
      FROM call, unnest(CAST(:participants AS text[]), CAST(:outcomes AS text[]),
        CAST(:times AS text[]), CAST(:details AS text[])) AS note (participant, outcome, at, detail)
      WHERE call.id = :call
      ON CONFLICT DO NOTHING
      """;

  static final String GAPS =
      """
      INSERT INTO transition_gap
        (call_id, transition_number, epoch, receiver_id, sender_id, source_id, gap_ms)
      SELECT call.id, CAST(:number AS bigint), CAST(:epoch AS bigint),
        gap.receiver, gap.sender, gap.source, CAST(gap.ms AS double precision)
      FROM call, unnest(CAST(:receivers AS text[]), CAST(:senders AS text[]),
        CAST(:sources AS text[]), CAST(:gaps AS text[])) AS gap (receiver, sender, source, ms)
      WHERE call.id = :call
      ON CONFLICT DO NOTHING
      """;

  private final Transactions transactions;

  @Inject
  public StoryWriter(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Writes a part, all of it or nothing. A call that is not there has no story. */
  public void write(StoryPart part) {
    transactions.call(em -> {
      if (!part.notes().isEmpty()) {
        writeNotes(em, part);
      }
      if (!part.gaps().isEmpty()) {
        writeGaps(em, part);
      }
      return part;
    });
  }

  private static void writeNotes(EntityManager em, StoryPart part) {
    List<StoryPart.Note> notes = part.notes();
    statement(em, NOTES, part)
        .setParameter("participants", column(notes, StoryPart.Note::participantId))
        .setParameter("outcomes", column(notes, note -> note.outcome().name()))
        .setParameter("times", column(notes, note -> note.at().toString()))
        .setParameter("details", column(notes, StoryWriter::detail))
        .executeUpdate();
  }

  private static String detail(StoryPart.Note note) {
    String detail = note.detail();
    return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
  }

  private static void writeGaps(EntityManager em, StoryPart part) {
    List<StoryPart.Gap> gaps = part.gaps();
    statement(em, GAPS, part)
        .setParameter("receivers", column(gaps, StoryPart.Gap::receiverId))
        .setParameter("senders", column(gaps, StoryPart.Gap::senderId))
        .setParameter("sources", column(gaps, StoryPart.Gap::sourceId))
        .setParameter("gaps", column(gaps, gap -> String.valueOf(gap.gapMs())))
        .executeUpdate();
  }

  private static Query statement(EntityManager em, String sql, StoryPart part) {
    return em.createNativeQuery(sql)
        .setParameter("call", part.callId())
        .setParameter("number", part.number())
        .setParameter("epoch", part.epoch());
  }

  /** The values of one column, as an array that the database takes apart again. */
  private static <R> String[] column(List<R> rows, Function<R, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
