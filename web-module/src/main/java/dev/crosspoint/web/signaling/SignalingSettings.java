package dev.crosspoint.web.signaling;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * Limits and times of the signalling door, all from {@code crosspoint.signaling.*}.
 *
 * @param maxMessageLength longest frame that is read, in characters
 * @param maxDepth deepest nesting that is read
 * @param badMessagesInRow so many unreadable frames one after another end the socket
 * @param pendingRequests so many requests of one socket may wait
 * @param outboundLength so many characters may wait for a slow socket
 * @param replayEvents so many events are kept for a client that has not acknowledged them
 * @param resumeGrace how long a session without a socket lives
 * @param pingInterval time between pings
 * @param silence a socket that says nothing for this long is taken for dead
 * @param requestTimeout a request that takes longer is answered UNAVAILABLE
 */
record SignalingSettings(
    int maxMessageLength,
    int maxDepth,
    int badMessagesInRow,
    int pendingRequests,
    int outboundLength,
    int replayEvents,
    Duration resumeGrace,
    Duration pingInterval,
    Duration silence,
    Duration requestTimeout) {
  /** The door looks that often for requests and sessions whose time is over. */
  static final Duration TICK = Duration.ofSeconds(1);

  /** So long a client has to close a socket that is of no more use, before the server does. */
  static final Duration CLOSE_GRACE = Duration.ofSeconds(3);

  /**
   * @throws IllegalArgumentException when a session could end while its join still runs
   */
  SignalingSettings {
    if (requestTimeout.plus(TICK).compareTo(resumeGrace) > 0) {
      throw new IllegalArgumentException(
          "crosspoint.signaling.request-timeout is "
              + requestTimeout
              + ", and has to be at least a second shorter than crosspoint.signaling.resume-grace, which is "
              + resumeGrace
              + ": else a session could end while its join still runs");
    }
  }

  /**
   * @throws java.util.NoSuchElementException when a setting is missing
   */
  static SignalingSettings from(Config config) {
    return new SignalingSettings(
        config.getValue("crosspoint.signaling.max-message-length", Integer.class),
        config.getValue("crosspoint.signaling.max-depth", Integer.class),
        config.getValue("crosspoint.signaling.bad-messages-in-row", Integer.class),
        config.getValue("crosspoint.signaling.pending-requests", Integer.class),
        config.getValue("crosspoint.signaling.outbound-length", Integer.class),
        config.getValue("crosspoint.signaling.replay-events", Integer.class),
        config.getValue("crosspoint.signaling.resume-grace", Duration.class),
        config.getValue("crosspoint.signaling.ping-interval", Duration.class),
        config.getValue("crosspoint.signaling.silence", Duration.class),
        config.getValue("crosspoint.signaling.request-timeout", Duration.class));
  }
}
