package dev.crosspoint.call.control;

import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.control.SfuRoom;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.CallState;
import dev.crosspoint.transition.control.Member;
import dev.crosspoint.transition.control.Member.Reach;
import dev.crosspoint.transition.control.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets clients find out whether they can reach the SFU: once while a call is direct, and again from
 * time to time while somebody cannot. The router that they connect to lives no longer than that.
 * Lives in the call's mailbox.
 */
final class SfuProbes {
  /** No transition has this number, so no router of the call has this name. */
  private static final long GENERATION = 0;

  /** A call that has just begun, or lost somebody's path, has better things to do. */
  private static final Duration CALM = Duration.ofSeconds(2);

  /** Longer than a client takes to give up. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final Roster roster;
  private final SfuRooms rooms;
  private final CallMoves moves;
  private final Mailbox mailbox;
  private final CallTools tools;
  private final Map<String, Instant> asked = new HashMap<>();
  private final Set<String> running = new HashSet<>();
  private Alarms.Alarm alarm = Alarms.Alarm.NONE;
  private Optional<CallState> latest = Optional.empty();
  private boolean stopped;

  SfuProbes(Roster roster, SfuRooms rooms, CallMoves moves, Mailbox mailbox, CallTools tools) {
    this.roster = roster;
    this.rooms = rooms;
    this.moves = moves;
    this.mailbox = mailbox;
    this.tools = tools;
  }

  /** The call has changed. */
  void follow(CallState state) {
    latest = Optional.of(state);
    Set<String> here = new HashSet<>();
    state.members().forEach(member -> here.add(member.id()));
    asked.keySet().retainAll(here);
    running.retainAll(here);
    Instant now = tools.clock().instant();
    Instant soon = now.minus(tools.probes().again()).plus(CALM);
    candidates(state).forEach(member -> asked.putIfAbsent(member, soon));
    List<String> due = candidates(state).filter(member -> due(member, now)).toList();
    if (!due.isEmpty()) {
      ask(due, now);
    }
    closeIfDone();
    setAlarm(state, now);
  }

  /** A client has told what came of it. */
  void answered(String participantId) {
    running.remove(participantId);
    roster.find(participantId).ifPresent(member -> member.close(PathPlan.sfuPathId(GENERATION)));
    rooms.find(PathPlan.sfuPathId(GENERATION)).ifPresent(room -> room.dismiss(participantId));
  }

  void stop() {
    stopped = true;
    alarm.cancel();
  }

  /** Nobody is asked while a transition runs: it finds out by itself. */
  private Stream<String> candidates(CallState state) {
    boolean quiet = state.phase() instanceof Phase.Steady && state.sfuNode().isPresent();
    return quiet ? wanted(state) : Stream.empty();
  }

  private Stream<String> wanted(CallState state) {
    boolean direct =
        state.current().topology() instanceof Topology.Direct
            && state.ids(Member.Standing.INSIDER).size() > 1;
    return state.members().stream()
        .filter(member ->
            member.reach() == Reach.UNREACHABLE
                || (direct
                    && tools.probes().inAdvance()
                    && member.reach() == Reach.UNKNOWN
                    && member.standing() == Member.Standing.INSIDER))
        .map(Member::id);
  }

  private boolean due(String member, Instant now) {
    Instant last = asked.getOrDefault(member, now);
    return !now.isBefore(last.plus(tools.probes().again()));
  }

  private void ask(List<String> members, Instant now) {
    boolean open = rooms.find(PathPlan.sfuPathId(GENERATION)).isPresent();
    members.forEach(member -> asked.put(member, now));
    running.addAll(members);
    if (open) {
      members.forEach(this::request);
      return;
    }
    SfuRoom room = rooms.make(GENERATION);
    mailbox.take(
        room.open(),
        (_, failure) -> {
          if (failure == null) {
            List.copyOf(running).forEach(this::request);
          } else if (!stopped) {
            CallLog.LOG.routerNotMade(room.router().value(), failure.toString());
            running.clear();
            closeIfDone();
          }
        });
  }

  private void request(String participantId) {
    SfuPath path = new SfuPath(PathPlan.sfuPathId(GENERATION));
    roster
        .find(participantId)
        .ifPresent(member -> {
          member.open(path);
          rooms.find(path.pathId()).ifPresent(room -> room.admit(participantId));
          roster.tell(participantId, new ServerEvent.ProbeRequested(path));
        });
  }

  private void closeIfDone() {
    if (running.isEmpty()) {
      rooms.close(GENERATION);
    }
  }

  /** For those who do not answer, and for the next round. */
  private void setAlarm(CallState state, Instant now) {
    alarm.cancel();
    Stream<Instant> patience =
        running.stream().map(member -> asked.getOrDefault(member, now).plus(PATIENCE));
    Stream<Instant> again =
        candidates(state)
            .filter(member -> !running.contains(member))
            .map(member -> asked.getOrDefault(member, now).plus(tools.probes().again()));
    alarm =
        Stream.concat(patience, again)
            .min(Instant::compareTo)
            .map(due -> Duration.between(now, due))
            .map(Alarms::atLeastShortest)
            .map(delay -> tools.alarms().after(delay, () -> mailbox.execute(this::alarmRang)))
            .orElse(Alarms.Alarm.NONE);
  }

  private void alarmRang() {
    if (stopped || moves.over()) {
      return;
    }
    Instant now = tools.clock().instant();
    List.copyOf(running).stream()
        .filter(member -> !now.isBefore(asked.getOrDefault(member, now).plus(PATIENCE)))
        .forEach(this::answered);
    latest.ifPresent(this::follow);
  }
}
