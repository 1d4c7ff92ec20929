package dev.crosspoint.call.control;

import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.data.History;
import dev.crosspoint.data.Transactions;
import dev.crosspoint.transition.control.MemberOutcome;
import dev.crosspoint.transition.entity.TransitionEntity;
import dev.crosspoint.transition.entity.TransitionGap;
import dev.crosspoint.transition.entity.TransitionNote;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the database, or a replica of it, tells of transitions. However much there is to tell,
 * the number of statements stays the same.
 */
@Singleton
public class TransitionLog {
  private static final List<MemberOutcome> TROUBLES =
      List.of(
          MemberOutcome.LATE,
          MemberOutcome.FAILED,
          MemberOutcome.KEPT_DIRECT,
          MemberOutcome.LEFT_BEHIND);

  /** What an owner told whose epoch was over is part of no story. */
  private static final String NOTES =
      """
      select n from TransitionNote n join TransitionEntity t
        on t.callId = n.callId and t.number = n.transitionNumber and t.epoch = n.epoch
      where n.callId = :call
      """;

  private static final String GAPS =
      """
      select g from TransitionGap g join TransitionEntity t
        on t.callId = g.callId and t.number = g.transitionNumber and t.epoch = g.epoch
      where g.callId = :call
      """;

  private final Transactions transactions;

  @Inject
  public TransitionLog(@History Transactions transactions) {
    this.transactions = transactions;
  }

  /** Which transitions of all calls; what is empty does not matter. */
  public record Filter(
      List<TransitionPhase> phases,
      Optional<TransitionReason> reason,
      Optional<String> callId,
      Optional<Instant> since) {
    public Filter {
      phases = List.copyOf(phases);
    }
  }

  /** Where a transition stands among all: by start, then call, then number. */
  public record Place(Instant startedAt, String callId, long number) {}

  /** A transition in a list; null is what the record does not know. */
  public record Row(
      TransitionEntity transition,
      String callName,
      @Nullable Instant committedAt,
      @Nullable Double worstGapMs) {}

  /** What became of somebody; null is a name that the record does not know. */
  public record Trouble(
      String callId,
      long number,
      String participantId,
      MemberOutcome outcome,
      @Nullable String displayName) {}

  /** A part of the list, the latest first, with the troubles of at least its transitions. */
  public record Part(List<Row> rows, List<Trouble> troubles) {
    public Part {
      rows = List.copyOf(rows);
      troubles = List.copyOf(troubles);
    }
  }

  /** All transitions of a call; empty when there is no such call. */
  public Optional<TransitionRecords> ofCall(String callId) {
    return read(callId, Optional.empty());
  }

  /** One transition of a call; without any when there is no such transition. */
  public Optional<TransitionRecords> find(String callId, long number) {
    return read(callId, Optional.of(number));
  }

  private Optional<TransitionRecords> read(String callId, Optional<Long> number) {
    return transactions.call(em -> {
      CallEntity call = em.find(CallEntity.class, callId);
      return call == null ? Optional.empty() : Optional.of(read(em, call, number));
    });
  }

  private static TransitionRecords read(EntityManager em, CallEntity call, Optional<Long> number) {
    List<TransitionEntity> transitions =
        select(
            em,
            "select t from TransitionEntity t left join fetch t.steps where t.callId = :call",
            number.isPresent() ? "and t.number = :number" : "order by t.number",
            TransitionEntity.class,
            call,
            number);
    List<TransitionNote> notes =
        select(
            em,
            NOTES,
            number.isPresent() ? "and n.transitionNumber = :number" : "",
            TransitionNote.class,
            call,
            number);
    List<TransitionGap> gaps =
        select(
            em,
            GAPS,
            number.isPresent() ? "and g.transitionNumber = :number" : "",
            TransitionGap.class,
            call,
            number);
    return new TransitionRecords(call.name(), transitions, notes, gaps, names(em, notes, gaps));
  }

  private static <E> List<E> select(
      EntityManager em,
      String query,
      String rest,
      Class<E> type,
      CallEntity call,
      Optional<Long> number) {
    TypedQuery<E> select = em.createQuery(query + " " + rest, type).setParameter("call", call.id());
    number.ifPresent(only -> select.setParameter("number", only));
    return select.getResultList();
  }

  private static Map<String, String> names(
      EntityManager em, List<TransitionNote> notes, List<TransitionGap> gaps) {
    Set<String> ids =
        Stream.concat(
                notes.stream().map(TransitionNote::participantId),
                gaps.stream().flatMap(gap -> Stream.of(gap.receiverId(), gap.senderId())))
            .collect(Collectors.toCollection(HashSet::new));
    if (ids.isEmpty()) {
      return Map.of();
    }
    return em.createQuery(
            "select p.id, p.displayName from ParticipantEntity p where p.id in :ids",
            Object[].class)
        .setParameter("ids", ids)
        .getResultStream()
        .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
  }

  /**
   * Transitions of all calls, the latest first.
   *
   * @param after where the last part ended; empty to begin with the latest
   */
  public Part latest(Filter filter, Optional<Place> after, int limit) {
    return transactions.call(em -> {
      List<Row> rows = rows(em, filter, after, limit);
      return new Part(rows, rows.isEmpty() ? List.of() : troubles(em, rows));
    });
  }

  private static List<Row> rows(EntityManager em, Filter filter, Optional<Place> after, int limit) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    if (!filter.phases().isEmpty()) {
      conditions.add("t.phase in :phases");
      values.put("phases", filter.phases());
    }
    filter
        .reason()
        .ifPresent(reason -> {
          conditions.add("t.reason = :reason");
          values.put("reason", reason);
        });
    filter
        .callId()
        .ifPresent(call -> {
          conditions.add("t.callId = :call");
          values.put("call", call);
        });
    filter
        .since()
        .ifPresent(since -> {
          conditions.add("t.startedAt >= :since");
          values.put("since", since);
        });
    after.ifPresent(place -> {
      conditions.add("(t.startedAt, t.callId, t.number) < (:startedAt, :afterCall, :number)");
      values.put("startedAt", place.startedAt());
      values.put("afterCall", place.callId());
      values.put("number", place.number());
    });
    TypedQuery<Row> query = em.createQuery(query(conditions), Row.class).setMaxResults(limit);
    values.forEach(query::setParameter);
    return query.getResultList();
  }

  private static String query(List<String> conditions) {
    return """
    select new dev.crosspoint.call.control.TransitionLog$Row(t, c.name,
      (select min(s.enteredAt) from t.steps s
       where s.phase = dev.crosspoint.contract.TransitionPhase.RELEASING),
      (select max(g.gapMs) from TransitionGap g
       where g.callId = t.callId and g.transitionNumber = t.number and g.epoch = t.epoch))
    from TransitionEntity t join CallEntity c on c.id = t.callId
    """
        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
        + " order by t.startedAt desc, t.callId desc, t.number desc";
  }

  private static List<Trouble> troubles(EntityManager em, List<Row> rows) {
    // Numbers count within their calls: this may find some of neighbours, never misses one.
    return em.createQuery(
            """
            select new dev.crosspoint.call.control.TransitionLog$Trouble(
              n.callId, n.transitionNumber, n.participantId, n.outcome, p.displayName)
            from TransitionNote n
            join TransitionEntity t
              on t.callId = n.callId and t.number = n.transitionNumber and t.epoch = n.epoch
            left join ParticipantEntity p on p.id = n.participantId
            where n.callId in :calls and n.transitionNumber in :numbers and n.outcome in :troubles
            order by n.notedAt, n.participantId
            """,
            Trouble.class)
        .setParameter("calls", rows.stream().map(row -> row.transition().callId()).toList())
        .setParameter("numbers", rows.stream().map(row -> row.transition().number()).toList())
        .setParameter("troubles", TROUBLES)
        .getResultList();
  }
}
