package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallStatus;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.data.Transactions;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.entity.TransitionEntity;
import dev.crosspoint.transition.entity.TransitionGap;
import dev.crosspoint.transition.entity.TransitionNote;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the database. Every write of an owner is bound to its epoch: it finds the call's row by
 * id and epoch and holds it until the commit, so that an owner whose epoch is over writes nothing
 * ({@link StaleOwnerException}). Every write may be repeated.
 */
@Singleton
public class CallStore {
  /** How soon to ask again for a call whose former owner may still be alive. */
  private static final long OWNER_RETRY_MS = 2_000;

  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  public CallStore(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  public void create(CallEntity call) {
    transactions.call(em -> {
      em.persist(call);
      return call;
    });
  }

  public Optional<CallEntity> find(String callId) {
    return transactions.call(em -> Optional.ofNullable(em.find(CallEntity.class, callId)));
  }

  /**
   * Makes a server the owner of a call, under a new epoch. What a former owner left open is closed:
   * its participants are gone, its transition is finished or rolled back.
   *
   * @throws CallFailure CALL_NOT_FOUND, CALL_ENDED, or UNAVAILABLE while another living server owns
   *     the call
   */
  public OwnedCall claim(String callId, String node) {
    return transactions.call(em -> {
      int claimed =
          em.createNativeQuery(
                  """
                  UPDATE call SET epoch = epoch + 1, owner_node = :node
                  WHERE id = :call AND status = 'OPEN'
                    AND (owner_node IS NULL OR owner_node = :node OR NOT EXISTS (
                      SELECT 1 FROM node WHERE node.id = call.owner_node AND node.lease_until > now()))
                  """)
              .setParameter("call", callId)
              .setParameter("node", node)
              .executeUpdate();
      CallEntity call = em.find(CallEntity.class, callId);
      if (claimed == 0) {
        throw notClaimed(call);
      }
      closeLeftovers(em, call);
      return new OwnedCall(callId, call.name(), call.epoch(), lastTransition(em, callId));
    });
  }

  private static CallFailure notClaimed(@Nullable CallEntity call) {
    if (call == null) {
      return new CallFailure(ErrorCode.CALL_NOT_FOUND, "there is no such call");
    }
    if (call.status() == CallStatus.ENDED) {
      return new CallFailure(ErrorCode.CALL_ENDED, "the call is over");
    }
    return CallFailure.retryLater(
        ErrorCode.UNAVAILABLE, "another server owns the call", OWNER_RETRY_MS);
  }

  /** Gives a call back that nobody is in. */
  public void release(OwnedCall owned) {
    transactions.call(em -> {
      CallEntity call = fenced(em, owned);
      closeLeftovers(em, call);
      call.disown();
      return call;
    });
  }

  /**
   * Adds somebody to a call. Whoever was in it before under an id gets that id again.
   *
   * @param former the id that they say they had
   * @return the id under which they are in the call
   */
  public String join(OwnedCall owned, ParticipantEntity participant, Optional<String> former) {
    return transactions.call(em -> {
      fenced(em, owned);
      return em.merge(
              former
                  .map(id -> em.find(ParticipantEntity.class, id))
                  .filter(known -> known.isSameAs(participant))
                  .map(known -> participant.withId(known.id()))
                  .orElse(participant))
          .id();
    });
  }

  /** Notes that somebody is gone. */
  public void leave(OwnedCall owned, String participant, LeaveReason reason) {
    transactions.call(em -> {
      fenced(em, owned);
      return em.createQuery(
              """
              update ParticipantEntity p set p.leftAt = :at, p.leaveReason = :reason
              where p.id = :id and p.leftAt is null
              """)
          .setParameter("at", clock.instant())
          .setParameter("reason", reason)
          .setParameter("id", participant)
          .executeUpdate();
    });
  }

  /**
   * Records what a step of the machine decided: phases entered, what became of participants,
   * participants let in.
   */
  public void record(
      OwnedCall owned, List<Effect.Show> phases, List<Effect.Note> notes, List<String> admitted) {
    transactions.call(em -> {
      fenced(em, owned);
      Instant now = clock.instant();
      for (Effect.Show phase : phases) {
        transition(em, owned, phase.transition()).enter(phase.phase(), now, phase.detail());
      }
      notes.forEach(note -> note(em, owned, note, now));
      if (!admitted.isEmpty()) {
        em.createQuery("update ParticipantEntity p set p.status = :status where p.id in :ids")
            .setParameter("status", ParticipantStatus.ADMITTED)
            .setParameter("ids", admitted)
            .executeUpdate();
      }
      return phases;
    });
  }

  private static void note(EntityManager em, OwnedCall owned, Effect.Note note, Instant now) {
    TransitionNote.Key key =
        new TransitionNote.Key(
            owned.id(), note.transition().number(), note.member(), note.outcome());
    if (em.find(TransitionNote.class, key) == null) {
      transition(em, owned, note.transition());
      em.persist(new TransitionNote(key, now, note.detail()));
    }
  }

  /** Records what a receiver noticed of a switch. */
  public void recordGaps(OwnedCall owned, long number, String receiver, List<TrackGap> gaps) {
    transactions.call(em -> {
      fenced(em, owned);
      boolean known =
          em.find(TransitionEntity.class, new TransitionEntity.Key(owned.id(), number)) != null;
      for (TrackGap gap : known ? gaps : List.<TrackGap>of()) {
        em.merge(
            new TransitionGap(
                new TransitionGap.Key(
                    owned.id(), number, receiver, gap.participantId(), gap.sourceId()),
                gap.gapMs()));
      }
      return known;
    });
  }

  /**
   * Puts a transition's topology in force. Asked again after a lost answer, it tells what was
   * written.
   *
   * @param router the new topology's router; empty for a direct one
   * @return false when the transition has ended without being committed
   */
  public boolean commit(OwnedCall owned, Transition transition, Optional<String> router) {
    return transactions.call(em -> {
      CallEntity call = fenced(em, owned);
      TransitionEntity row = transition(em, owned, transition);
      if (row.committed()) {
        return true;
      }
      if (row.finishedAt().isPresent()) {
        return false;
      }
      call.commit(transition.to().topology().mode(), router);
      row.enter(TransitionPhase.RELEASING, clock.instant(), "");
      return true;
    });
  }

  private static CallEntity fenced(EntityManager em, OwnedCall owned) {
    return em.createQuery(
            "select c from CallEntity c where c.id = :id and c.epoch = :epoch", CallEntity.class)
        .setParameter("id", owned.id())
        .setParameter("epoch", owned.epoch())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst()
        .orElseThrow(() -> new StaleOwnerException(owned.id(), owned.epoch()));
  }

  private static TransitionEntity transition(
      EntityManager em, OwnedCall owned, Transition transition) {
    TransitionEntity known =
        em.find(TransitionEntity.class, new TransitionEntity.Key(owned.id(), transition.number()));
    if (known != null) {
      return known;
    }
    TransitionEntity begun = new TransitionEntity(owned.id(), owned.epoch(), transition);
    em.persist(begun);
    return begun;
  }

  private static long lastTransition(EntityManager em, String callId) {
    return em.createQuery(
            "select coalesce(max(t.number), 0) from TransitionEntity t where t.callId = :call",
            Long.class)
        .setParameter("call", callId)
        .getSingleResult();
  }

  private void closeLeftovers(EntityManager em, CallEntity call) {
    Instant now = clock.instant();
    em.createQuery(
            """
            update ParticipantEntity p set p.leftAt = :at, p.leaveReason = :reason
            where p.callId = :call and p.leftAt is null
            """)
        .setParameter("at", now)
        .setParameter("reason", LeaveReason.CONNECTION_LOST)
        .setParameter("call", call.id())
        .executeUpdate();
    em.createQuery(
            "select t from TransitionEntity t where t.callId = :call and t.finishedAt is null",
            TransitionEntity.class)
        .setParameter("call", call.id())
        .getResultList()
        .forEach(left ->
            left.enter(
                left.committed() ? TransitionPhase.COMPLETED : TransitionPhase.ROLLED_BACK,
                now,
                "nobody is left in the call"));
    call.commit(TopologyMode.DIRECT, Optional.empty());
  }
}
