package dev.crosspoint.call.control;

import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.control.SfuRoom;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.CallState;
import dev.crosspoint.transition.control.Member;
import dev.crosspoint.transition.control.Member.Reach;
import dev.crosspoint.transition.control.Phase;
import dev.crosspoint.transition.control.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients make a path to the SFU ready while a call is direct, so that a third person finds it
 * connected, and it is known in advance who does not get through; those look again from time to
 * time. The router has the number that the next transition will have: when that one goes to the
 * SFU, router and paths are already there, else they are closed. Lives in the call's mailbox.
 */
final class SfuStandby {
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
  private final Set<String> ready = new HashSet<>();
  private OptionalLong generation = OptionalLong.empty();
  private Alarms.Alarm alarm = Alarms.Alarm.NONE;
  private Optional<CallState> latest = Optional.empty();

  SfuStandby(Roster roster, SfuRooms rooms, CallMoves moves, Mailbox mailbox, CallTools tools) {
    this.roster = roster;
    this.rooms = rooms;
    this.moves = moves;
    this.mailbox = mailbox;
    this.tools = tools;
  }

  /** The call has changed. */
  void follow(CallState state) {
    latest = Optional.of(state);
    Set<String> here = state.members().stream().map(Member::id).collect(Collectors.toSet());
    running.retainAll(here);
    ready.retainAll(here);
    if (generation.isPresent() && state.lastNumber() >= generation.getAsLong()) {
      leaveTo(state, generation.getAsLong());
    }
    if (generation.isPresent() && !mayStandBy(state)) {
      close(generation.getAsLong());
    }
    Instant now = tools.clock().instant();
    asked.keySet().retainAll(toRemember(state));
    Instant soon = now.minus(tools.probes().again()).plus(CALM);
    candidates(state).forEach(member -> asked.putIfAbsent(member, soon));
    List<String> due = candidates(state).filter(member -> due(member, now)).toList();
    if (!due.isEmpty()) {
      ask(due, state.lastNumber() + 1, now);
    }
    releaseUnwanted(state);
    setAlarm(state, now);
  }

  /**
   * A client has told what came of it.
   *
   * @param told what it was asked to make ready; a former path says nothing of this one
   */
  void answered(String participantId, String told, boolean reached) {
    if (!pathId().equals(Optional.of(told))) {
      return;
    }
    if (reached) {
      running.remove(participantId);
      ready.add(participantId);
    } else {
      release(participantId);
    }
  }

  /** The media engine has lost a router. */
  void routerLost(long lost) {
    if (generation.isPresent() && generation.getAsLong() == lost) {
      close(lost);
    }
  }

  void stop() {
    alarm.cancel();
  }

  /** The number has been used. If a transition to the SFU has it, what stands by is its own now. */
  private void leaveTo(CallState state, long number) {
    state
        .phase()
        .running()
        .map(Transition::to)
        .filter(to -> to.hasRouter(number))
        .ifPresentOrElse(to -> handOver(state, to.topology()), () -> close(number));
  }

  /** Those whom the transition does not route have no business on its router. */
  private void handOver(CallState state, Topology topology) {
    state.members().stream()
        .filter(
            member -> member.standing() == Member.Standing.QUEUED || !topology.routes(member.id()))
        .map(Member::id)
        .filter(this::holds)
        .forEach(this::release);
    forget();
  }

  private void close(long number) {
    List<String> holders = Stream.concat(ready.stream(), running.stream()).toList();
    holders.forEach(this::release);
    rooms.close(number);
    forget();
  }

  private void forget() {
    generation = OptionalLong.empty();
    running.clear();
    ready.clear();
  }

  private boolean holds(String participantId) {
    return running.contains(participantId) || ready.contains(participantId);
  }

  /** For whom it matters when they were asked: everybody else has time when it is their turn. */
  private Set<String> toRemember(CallState state) {
    Set<String> remembered = new HashSet<>(running);
    candidates(state).forEach(remembered::add);
    state.members().stream()
        .filter(member -> member.reach() == Reach.UNREACHABLE)
        .forEach(member -> remembered.add(member.id()));
    return remembered;
  }

  private void release(String participantId) {
    running.remove(participantId);
    ready.remove(participantId);
    pathId()
        .ifPresent(path -> {
          rooms.find(path).ifPresent(room -> room.dismiss(participantId));
          roster
              .find(participantId)
              .flatMap(member -> member.close(path))
              .ifPresent(
                  _ -> roster.tell(participantId, new ServerEvent.PathsReleased(List.of(path))));
        });
  }

  private Optional<String> pathId() {
    return generation.stream().mapToObj(PathPlan::sfuPathId).findFirst();
  }

  /** Nobody is asked while a transition runs: it finds out by itself. */
  private Stream<String> candidates(CallState state) {
    boolean quiet = state.phase() instanceof Phase.Steady && state.sfu() instanceof SfuOffer.Open;
    return quiet
        ? state.members().stream()
            .filter(member -> member.reach() == Reach.UNREACHABLE || inAdvance(state, member))
            .map(Member::id)
            .filter(member -> !ready.contains(member))
        : Stream.empty();
  }

  /** A place may become free at any time; an SFU that is to have less to do keeps nothing ready. */
  private static boolean mayStandBy(CallState state) {
    return switch (state.sfu()) {
      case SfuOffer.Open _, SfuOffer.Full _ -> true;
      case SfuOffer.Draining(), SfuOffer.Overloaded(), SfuOffer.Off() -> false;
    };
  }

  private boolean inAdvance(CallState state, Member member) {
    return tools.probes().inAdvance()
        && member.reach() != Reach.UNSUPPORTED
        && state.current().topology() instanceof Topology.Direct
        && member.standing() == Member.Standing.INSIDER
        && state.ids(Member.Standing.INSIDER).size() > 1;
  }

  private boolean due(String member, Instant now) {
    Instant last = asked.getOrDefault(member, now);
    return !running.contains(member) && !now.isBefore(last.plus(tools.probes().again()));
  }

  private void ask(List<String> members, long next, Instant now) {
    members.forEach(member -> asked.put(member, now));
    running.addAll(members);
    long number = generation.orElse(next);
    generation = OptionalLong.of(number);
    SfuRoom room = rooms.make(number);
    mailbox.take(room.open(), (_, failure) -> opened(room, number, members, failure));
  }

  private void opened(
      SfuRoom room, long number, List<String> members, @Nullable Throwable failure) {
    Optional<SfuRoom> current = rooms.find(PathPlan.sfuPathId(number));
    if (moves.over() || generation.isEmpty() || !current.equals(Optional.of(room))) {
      return;
    }
    if (failure == null) {
      members.stream().filter(running::contains).forEach(this::request);
    } else {
      CallLog.LOG.routerNotMade(room.router().value(), failure.toString());
      close(number);
    }
  }

  private void request(String participantId) {
    SfuPath path = new SfuPath(PathPlan.sfuPathId(generation.orElseThrow()));
    roster
        .find(participantId)
        .ifPresent(member -> {
          member.open(path);
          rooms.find(path.pathId()).ifPresent(room -> room.admit(participantId));
          roster.tell(participantId, new ServerEvent.ProbeRequested(path));
        });
  }

  /** Who only wanted to know whether the SFU can be reached keeps nothing. */
  private void releaseUnwanted(CallState state) {
    if (generation.isPresent()) {
      Set<String> wanted =
          state.members().stream()
              .filter(member -> inAdvance(state, member))
              .map(Member::id)
              .collect(Collectors.toSet());
      List.copyOf(ready).stream().filter(member -> !wanted.contains(member)).forEach(this::release);
      if (running.isEmpty() && ready.isEmpty()) {
        close(generation.getAsLong());
      }
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
    if (moves.over()) {
      return;
    }
    Instant now = tools.clock().instant();
    List.copyOf(running).stream()
        .filter(member -> !now.isBefore(asked.getOrDefault(member, now).plus(PATIENCE)))
        .forEach(this::release);
    latest.ifPresent(this::follow);
  }
}
