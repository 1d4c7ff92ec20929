package dev.crosspoint.call.control;

import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.control.RouterName;
import dev.crosspoint.transition.control.TransitionEvent;

/** What the media engine tells of a call's routers. Lives in the call's mailbox. */
final class RouterNews {
  private final SfuRooms rooms;
  private final SfuStandby standby;
  private final CallMoves moves;

  RouterNews(SfuRooms rooms, SfuStandby standby, CallMoves moves) {
    this.rooms = rooms;
    this.standby = standby;
    this.moves = moves;
  }

  void take(MediaEvent event) {
    switch (event) {
      case MediaEvent.LoopFailed failed ->
          failed.routers().stream()
              .filter(rooms::owns)
              .flatMap(router -> RouterName.of(router).stream())
              .forEach(name -> routerLost(name.generation()));
      case MediaEvent.RouterEvent inRouter ->
          rooms.find(inRouter.router()).ifPresent(room -> room.onMediaEvent(inRouter));
    }
  }

  private void routerLost(long generation) {
    standby.routerLost(generation);
    moves.advance(new TransitionEvent.RouterLost(generation));
  }
}
