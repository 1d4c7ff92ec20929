package dev.crosspoint.call.control;

import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.Participant;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.control.Audience;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people in a running call, in order of arrival. Lives in the call's mailbox. */
final class Roster implements Audience {
  private final long epoch;
  private final Map<String, CallParticipant> participants = new LinkedHashMap<>();

  /**
   * @param epoch stamped on every event
   */
  Roster(long epoch) {
    this.epoch = epoch;
  }

  void add(CallParticipant participant) {
    participants.put(participant.id(), participant);
  }

  /**
   * @return false when they are gone already
   */
  boolean remove(CallParticipant participant) {
    return participants.remove(participant.id(), participant);
  }

  int size() {
    return participants.size();
  }

  Collection<CallParticipant> all() {
    return List.copyOf(participants.values());
  }

  Optional<CallParticipant> find(String participantId) {
    return Optional.ofNullable(participants.get(participantId));
  }

  /** Somebody's stay in this call. */
  Optional<CallParticipant> ofSubject(String subject) {
    return participants.values().stream().filter(p -> p.subject().equals(subject)).findFirst();
  }

  /**
   * @throws CallFailure NOT_JOINED unless this is a stay of that person
   */
  CallParticipant require(String participantId, String subject) {
    return find(participantId)
        .filter(participant -> participant.subject().equals(subject))
        .orElseThrow(() -> new CallFailure(ErrorCode.NOT_JOINED, "not in the call"));
  }

  List<Participant> views() {
    return participants.values().stream().map(CallParticipant::view).toList();
  }

  @Override
  public void tell(String participantId, ServerEvent event) {
    find(participantId).ifPresent(participant -> participant.channel().send(epoch, event));
  }

  void tellAll(ServerEvent event) {
    participants.values().forEach(participant -> participant.channel().send(epoch, event));
  }

  void tellOthers(CallParticipant than, ServerEvent event) {
    participants.values().stream()
        .filter(participant -> participant != than)
        .forEach(participant -> participant.channel().send(epoch, event));
  }

  /** Ends everybody's session. */
  void dismissAll(EndReason reason) {
    participants.values().forEach(participant -> participant.channel().end(reason));
    participants.clear();
  }
}
