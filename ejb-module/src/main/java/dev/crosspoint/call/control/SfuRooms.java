package dev.crosspoint.call.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.control.FencedMedia;
import dev.crosspoint.media.control.RouterName;
import dev.crosspoint.media.control.SfuRoom;
import dev.crosspoint.topology.PathPlan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The routers of a running call by their path: one, or two while the call moves between them or one
 * stands by.
 */
final class SfuRooms {
  private final OwnedCall call;
  private final FencedMedia media;
  private final Executor mailbox;
  private final Roster roster;
  private final SpeakerPolicy speakers;
  private final SfuPlace place;
  // Changed in the mailbox; read by the reconciler from outside.
  private final Map<String, SfuRoom> rooms = new ConcurrentHashMap<>();

  SfuRooms(OwnedCall call, CallTools tools, Executor mailbox, Roster roster) {
    this.call = call;
    this.media = new FencedMedia(tools.media(), call.epoch());
    this.speakers = tools.speakers();
    this.place = new SfuPlace(call.id(), tools);
    this.mailbox = mailbox;
    this.roster = roster;
  }

  /** The call's place among those that use the SFU; a router that only stands by needs none. */
  SfuPlace place() {
    return place;
  }

  /** The room of a generation, known from now on; opening it is the caller's. */
  SfuRoom make(long generation) {
    return rooms.computeIfAbsent(
        PathPlan.sfuPathId(generation),
        pathId -> new SfuRoom(router(generation), pathId, speakers, media, mailbox, roster));
  }

  RouterId router(long generation) {
    return new RouterName(call.id(), call.epoch(), generation).id();
  }

  void close(long generation) {
    Optional.ofNullable(rooms.remove(PathPlan.sfuPathId(generation))).ifPresent(SfuRoom::close);
    place.closed(generation);
  }

  void closeAll() {
    List<SfuRoom> open = List.copyOf(rooms.values());
    rooms.clear();
    open.forEach(SfuRoom::close);
  }

  Optional<SfuRoom> find(String pathId) {
    return Optional.ofNullable(rooms.get(pathId));
  }

  Optional<SfuRoom> find(RouterId router) {
    return rooms.values().stream().filter(room -> room.router().equals(router)).findFirst();
  }

  /**
   * @throws CallFailure PATH_NOT_FOUND when the router is closed
   */
  SfuRoom require(String pathId) {
    return find(pathId)
        .orElseThrow(() -> new CallFailure(ErrorCode.PATH_NOT_FOUND, "the path is closed"));
  }

  Collection<SfuRoom> all() {
    return rooms.values();
  }

  /** Whether a router is one of this call's. May be called from any thread. */
  boolean owns(RouterId router) {
    return find(router).isPresent();
  }
}
