package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.EngineEvent;
import java.util.List;

/** Hears the media server. Called on a media loop's thread: hand over and return. */
public interface MediaServerListener {

  /** Something happened in a loop's engine. */
  void engineEvent(EngineEvent event);

  /** A client ended its DTLS association; its transport is closed. */
  void dtlsClosed(String routerId, String transportId);

  /**
   * An engine threw what it never should; the loop goes on with a new one.
   *
   * @param routers ids of the routers that are gone
   */
  void loopFailed(int loop, List<String> routers, Throwable cause);
}
