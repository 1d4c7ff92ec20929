package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.call.boundary.CallStatus;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.data.Transactions;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.control.RouterName;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.entity.TransitionEntity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  private static final String ITS_OWNER_IS_GONE =
      """
      NOT EXISTS (
        SELECT 1 FROM node owner WHERE owner.id = call.owner_node AND owner.lease_until > now())
      """;

  static final String CLAIM =
      """
      UPDATE call SET epoch = epoch + 1, owner_node = :node FROM node me
      WHERE call.id = :call AND call.status = 'OPEN' AND %s
        AND (call.owner_node IS NULL OR call.owner_node = :node OR (%s AND %s))
      """
          .formatted(NodeLeases.HELD, NodeLeases.OTHERS_HAD_TIME, ITS_OWNER_IS_GONE);

  static final String OWNERSHIPS =
      """
      SELECT id, epoch, TRUE AS own FROM call WHERE owner_node = :node AND status = 'OPEN'
      UNION ALL
      (SELECT call.id, call.epoch, FALSE FROM call JOIN node me ON %s AND %s
       WHERE call.owner_node IS NOT NULL AND call.owner_node <> :node AND call.status = 'OPEN'
         AND %s
       LIMIT 200)
      """
          .formatted(NodeLeases.HELD, NodeLeases.OTHERS_HAD_TIME, ITS_OWNER_IS_GONE);

  private final Transactions transactions;
  private final InstantSource clock;

  @Inject
  public CallStore(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  public CallEntity create(CallEntity call) {
    return transactions.call(em -> {
      em.persist(call);
      em.flush(); // what fails at the commit does not say why
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
   * @throws CallFailure CALL_NOT_FOUND, CALL_ENDED, or UNAVAILABLE while another server owns the
   *     call and lives or may live, and while this server has no lease
   */
  public OwnedCall claim(String callId, NodeSettings node) {
    return transactions.call(
        em -> claim(em, callId, NodeLeases.with(node, em, CLAIM).setParameter("call", callId)));
  }

  /**
   * As {@link #claim(String, NodeSettings)}, but only while the call is as it was found, and not
   * given back meanwhile: of several servers that find the same call one gets it, once.
   */
  public OwnedCall claim(Ownership found, NodeSettings node) {
    return transactions.call(em ->
        claim(
            em,
            found.callId(),
            NodeLeases.with(
                    node, em, CLAIM + " AND call.epoch = :epoch AND call.owner_node IS NOT NULL")
                .setParameter("call", found.callId())
                .setParameter("epoch", found.epoch())));
  }

  private OwnedCall claim(EntityManager em, String callId, Query claim) {
    boolean claimed = claim.executeUpdate() == 1;
    CallEntity call = em.find(CallEntity.class, callId);
    if (!claimed) {
      throw notClaimed(call);
    }
    closeLeftovers(em, call, LeaveReason.CONNECTION_LOST, "the server that had the call is gone");
    return new OwnedCall(callId, call.name(), call.epoch(), lastTransition(em, callId));
  }

  /** The calls that a server owns, and those that it may take over because their owner is gone. */
  public List<Ownership> ownerships(NodeSettings node) {
    return transactions.call(em -> {
      Stream<?> rows = NodeLeases.with(node, em, OWNERSHIPS).getResultStream();
      return rows.map(Object[].class::cast)
          .map(row -> new Ownership((String) row[0], (Long) row[1], (Boolean) row[2]))
          .toList();
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
        ErrorCode.UNAVAILABLE,
        "another server owns the call, or this one has no lease",
        OWNER_RETRY_MS);
  }

  /** Gives a call back that nobody is in. */
  public void release(OwnedCall owned) {
    transactions.call(em -> {
      CallEntity call = fenced(em, owned);
      closeLeftovers(em, call, LeaveReason.CONNECTION_LOST, "nobody is left in the call");
      call.disown(clock.instant());
      return call;
    });
  }

  /** Ends a call for good: nobody enters it again. */
  public void end(OwnedCall owned, CallEnd reason) {
    transactions.call(em -> {
      CallEntity call = locked(em, owned);
      if (call.status() != CallStatus.ENDED) {
        closeLeftovers(em, call, LeaveReason.REMOVED, "the call was ended: " + reason);
        call.end(reason, clock.instant());
      }
      return call;
    });
  }

  /**
   * Ends a call in which somebody has been alone for too long.
   *
   * @return whether it is ended; false when somebody else has come meanwhile
   */
  public boolean endAlone(OwnedCall owned) {
    return transactions.call(em -> {
      CallEntity call = locked(em, owned);
      if (call.status() == CallStatus.ENDED) {
        return true; // written before, and the answer was lost
      }
      if (present(em, owned) > 1) {
        return false;
      }
      closeLeftovers(em, call, LeaveReason.REMOVED, "somebody was alone in the call for too long");
      call.end(CallEnd.ALONE, clock.instant());
      return true;
    });
  }

  private static long present(EntityManager em, OwnedCall owned) {
    return em.createQuery(
            "select count(p) from ParticipantEntity p where p.callId = :call and p.leftAt is null",
            Long.class)
        .setParameter("call", owned.id())
        .getSingleResult();
  }

  /**
   * Adds somebody to a call. Whoever was in it before under an id gets that id again, and need not
   * wait if they did not have to any more.
   *
   * @param former the id that they say they had
   * @return how they are in the call
   */
  public ParticipantEntity join(
      OwnedCall owned, ParticipantEntity participant, Optional<String> former) {
    return transactions.call(em -> {
      CallEntity call = fenced(em, owned);
      ParticipantEntity entered =
          em.merge(
              former
                  .map(known -> em.find(ParticipantEntity.class, known))
                  .filter(known -> known.isSameAs(participant))
                  .map(known -> known.rejoin(participant))
                  .orElse(participant));
      boolean others = call.answeredAt().isEmpty() && present(em, owned) > 1;
      call.enter(others, participant.joinedAt());
      return entered;
    });
  }

  /** Notes that somebody does not wait to be let in any more. */
  public void letIn(OwnedCall owned, String participant) {
    transactions.call(em -> {
      fenced(em, owned);
      return em.createQuery(
              """
              update ParticipantEntity p set p.status = :now
              where p.id = :id and p.status = :before
              """)
          .setParameter("now", ParticipantStatus.CONNECTING)
          .setParameter("id", participant)
          .setParameter("before", ParticipantStatus.QUEUED)
          .executeUpdate();
    });
  }

  /**
   * Notes that somebody is gone.
   *
   * @param at when they went, which may be long before it can be written
   */
  public void leave(OwnedCall owned, String participant, LeaveReason reason, Instant at) {
    transactions.call(em -> {
      fenced(em, owned);
      return em.createQuery(
              """
              update ParticipantEntity p set p.leftAt = :at, p.leaveReason = :reason
              where p.id = :id and p.leftAt is null
              """)
          .setParameter("at", at)
          .setParameter("reason", reason)
          .setParameter("id", participant)
          .executeUpdate();
    });
  }

  /**
   * Records what a step of the machine decided: phases entered and participants let in. What became
   * of participants in a transition is told by a {@link StoryPart}.
   *
   * @param at when it was decided, which may be long before it can be written
   */
  public void record(OwnedCall owned, List<Effect.Show> phases, List<String> admitted, Instant at) {
    transactions.call(em -> {
      CallEntity call = fenced(em, owned);
      for (Effect.Show phase : phases) {
        TransitionEntity row = transition(em, owned, phase.transition());
        if (row.committed() && phase.phase() == TransitionPhase.ROLLING_BACK) {
          revert(call, owned, phase.transition().from());
        }
        row.enter(phase.phase(), at, phase.detail());
        // One transition ends and the next begins in one step, and only one may be running: left to
        // itself the mapper inserts the new row before it updates the old one.
        em.flush();
      }
      if (!admitted.isEmpty()) {
        em.createQuery("update ParticipantEntity p set p.status = :status where p.id in :ids")
            .setParameter("status", ParticipantStatus.ADMITTED)
            .setParameter("ids", admitted)
            .executeUpdate();
      }
      return phases;
    });
  }

  /** The old topology is in force again: the new one's router died before the old paths closed. */
  private static void revert(CallEntity call, OwnedCall owned, Realised from) {
    call.commit(
        from.topology().mode(),
        from.router().stream()
            .mapToObj(router -> new RouterName(owned.id(), owned.epoch(), router).id().value())
            .findFirst());
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
      TopologyMode mode = transition.to().topology().mode();
      call.commit(mode, router);
      row.commit(mode, clock.instant());
      return true;
    });
  }

  private static CallEntity fenced(EntityManager em, OwnedCall owned) {
    CallEntity call = locked(em, owned);
    if (call.status() == CallStatus.ENDED) {
      throw new StaleOwnerException(owned.id(), owned.epoch());
    }
    return call;
  }

  private static CallEntity locked(EntityManager em, OwnedCall owned) {
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

  private void closeLeftovers(EntityManager em, CallEntity call, LeaveReason gone, String why) {
    Instant now = clock.instant();
    em.createQuery(
            """
            update ParticipantEntity p set p.leftAt = :at, p.leaveReason = :reason
            where p.callId = :call and p.leftAt is null
            """)
        .setParameter("at", now)
        .setParameter("reason", gone)
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
                why));
    call.commit(TopologyMode.DIRECT, Optional.empty());
  }
}
