package dev.crosspoint.call.control;

import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;

/**
 * Writes parts of stories to the database. A part may be written again and adds nothing then. It
 * may come before its transition's own row, and from an owner whose epoch is over: rows carry the
 * epoch, and only those of the epoch in which their transition ran are part of its story.
 */
@Singleton
public class StoryWriter {
  private static final int MAX_DETAIL = 500;

  private static final String NOTE =
      """
      INSERT INTO transition_note
        (call_id, transition_number, epoch, participant_id, outcome, noted_at, detail)
      SELECT id, :number, :epoch, :participant, :outcome, :at, :detail FROM call WHERE id = :call
      ON CONFLICT DO NOTHING
      """;

  private static final String GAP =
      """
      INSERT INTO transition_gap
        (call_id, transition_number, epoch, receiver_id, sender_id, source_id, gap_ms)
      SELECT id, :number, :epoch, :receiver, :sender, :source, :gap FROM call WHERE id = :call
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
      part.notes().forEach(note -> write(em, part, note));
      part.gaps().forEach(gap -> write(em, part, gap));
      return part;
    });
  }

  private static void write(EntityManager em, StoryPart part, StoryPart.Note note) {
    String detail = note.detail();
    em.createNativeQuery(NOTE)
        .setParameter("call", part.callId())
        .setParameter("number", part.number())
        .setParameter("epoch", part.epoch())
        .setParameter("participant", note.participantId())
        .setParameter("outcome", note.outcome().name())
        .setParameter("at", note.at())
        .setParameter(
            "detail", detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL))
        .executeUpdate();
  }

  private static void write(EntityManager em, StoryPart part, StoryPart.Gap gap) {
    em.createNativeQuery(GAP)
        .setParameter("call", part.callId())
        .setParameter("number", part.number())
        .setParameter("epoch", part.epoch())
        .setParameter("receiver", gap.receiverId())
        .setParameter("sender", gap.senderId())
        .setParameter("source", gap.sourceId())
        .setParameter("gap", gap.gapMs())
        .executeUpdate();
  }
}
