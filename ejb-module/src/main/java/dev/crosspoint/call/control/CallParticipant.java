package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.Participant;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.contract.Source;
import dev.crosspoint.failure.CallFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One person in a running call. Lives in the call's mailbox. */
final class CallParticipant {
  private final String id;
  private final String subject;
  private final String displayName;
  private final Device device;
  private final ParticipantChannel channel;
  private final Map<String, Path> paths = new HashMap<>();
  private List<Source> sources;
  private ParticipantStatus status = ParticipantStatus.CONNECTING;
  private long gapsToldOf;

  CallParticipant(String id, String subject, ParticipantChannel channel, ClientMessage.Join join) {
    this.id = id;
    this.subject = subject;
    this.displayName = join.displayName();
    this.device = join.device();
    this.channel = channel;
    this.sources = join.sources();
  }

  String id() {
    return id;
  }

  String subject() {
    return subject;
  }

  String displayName() {
    return displayName;
  }

  Device device() {
    return device;
  }

  ParticipantChannel channel() {
    return channel;
  }

  ParticipantStatus status() {
    return status;
  }

  /**
   * @return whether anything changed
   */
  boolean become(ParticipantStatus next) {
    boolean changed = status != next;
    status = next;
    return changed;
  }

  /**
   * Gaps are told once for each transition, in order; whatever else is said of them is not kept.
   *
   * @return whether what is told now counts
   */
  boolean tellsGapsOf(long transition) {
    boolean another = transition > gapsToldOf;
    gapsToldOf = Math.max(transition, gapsToldOf);
    return another;
  }

  void setSources(List<Source> next) {
    sources = next;
  }

  /** The participant as others see them. */
  Participant view() {
    return new Participant(id, displayName, status, sources);
  }

  void open(Path path) {
    paths.put(path.pathId(), path);
  }

  Optional<Path> close(String pathId) {
    return Optional.ofNullable(paths.remove(pathId));
  }

  Optional<Path> path(String pathId) {
    return Optional.ofNullable(paths.get(pathId));
  }

  /**
   * @throws CallFailure PATH_NOT_FOUND when the participant has no such direct path
   */
  DirectPath directPath(String pathId) {
    if (paths.get(pathId) instanceof DirectPath direct) {
      return direct;
    }
    throw noSuchPath();
  }

  /**
   * @throws CallFailure PATH_NOT_FOUND when the participant has no such path to a router
   */
  SfuPath sfuPath(String pathId) {
    if (paths.get(pathId) instanceof SfuPath sfu) {
      return sfu;
    }
    throw noSuchPath();
  }

  private static CallFailure noSuchPath() {
    return new CallFailure(ErrorCode.PATH_NOT_FOUND, "this participant has no such path");
  }
}
