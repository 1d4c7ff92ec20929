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
import dev.crosspoint.contract.SourceRole;
import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.VideoSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One person in a running call. Lives in the call's mailbox. */
final class CallParticipant {
  /** Of one transition: everybody else in a large call, with several sources each. */
  private static final int MOST_GAPS = 256;

  private final String id;
  private final String subject;
  private final String displayName;
  private final Device device;
  private final ParticipantChannel channel;
  private final Map<String, Path> paths = new HashMap<>();
  private List<Source> sources;
  private ParticipantStatus status = ParticipantStatus.CONNECTING;
  private Optional<WaitReason> waitReason = Optional.empty();
  private long gapsToldOf;
  private long gapsTold;

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
    if (next != ParticipantStatus.QUEUED) {
      waitReason = Optional.empty();
    }
    return changed;
  }

  /**
   * @return whether the reason why they wait is another than before
   */
  boolean waitsFor(WaitReason reason) {
    boolean changed = !waitReason.equals(Optional.of(reason));
    waitReason = Optional.of(reason);
    return changed;
  }

  /**
   * Those of some gaps that are kept: of the latest transition that this participant has told of,
   * and no more than anybody could have.
   */
  List<TrackGap> keptOf(long transition, List<TrackGap> gaps) {
    if (transition > gapsToldOf) {
      gapsToldOf = transition;
      gapsTold = 0;
    }
    List<TrackGap> kept =
        transition < gapsToldOf ? List.of() : gaps.stream().limit(MOST_GAPS - gapsTold).toList();
    gapsTold += kept.size();
    return kept;
  }

  void setSources(List<Source> next) {
    sources = next;
  }

  /** What their source with this id shows, as far as it is announced. */
  VideoSource shows(String sourceId) {
    boolean screen =
        sources.stream()
            .anyMatch(
                source -> source.sourceId().equals(sourceId) && source.role() == SourceRole.SCREEN);
    return screen ? VideoSource.SCREEN : VideoSource.CAMERA;
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
