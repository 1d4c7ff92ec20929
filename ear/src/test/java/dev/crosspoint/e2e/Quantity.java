package dev.crosspoint.e2e;

import java.util.EnumSet;
import java.util.Set;

/** What a server holds for people and calls, and how much more of it may be left when they go. */
enum Quantity {
  HEAP("heap in use after a collection (bytes)"),
  /** What is left of each who passed is more than this, however few they are. */
  OBJECTS("objects of Crosspoint's classes", 120),
  DIRECT("direct memory (bytes)"),
  /** The JVM's own part grows with what is compiled and loaded, whoever comes and goes. */
  NATIVE("memory allocated natively (bytes)", 16L << 20),
  /** The container opens some files late. */
  DESCRIPTORS("file descriptors", 4),
  /** The container begins some of its services late. */
  THREADS("threads", 4),
  /** The container tries what number suits the load, by a few at a time. */
  POOL("threads of the container's pool", 8),
  /** Whenever one looks some are at work for a moment. */
  VIRTUAL_THREADS("virtual threads", 4),
  TIMERS("timers of the container"),
  ALARMS("alarms of calls"),
  SESSIONS("signalling sessions"),
  SOCKETS("signalling sockets"),
  CALLS("calls"),
  PARTICIPANTS("participants"),
  SFU_CALLS("calls over the media engine"),
  ROUTERS("routers"),
  TRANSPORTS("transports"),
  PRODUCERS("producers"),
  CONSUMERS("consumers"),
  OPEN_CALLS("rows of calls that have not ended"),
  OWNED_CALLS("rows of calls with an owner"),
  PRESENT("rows of participants who have not left"),
  TRANSITIONS("rows of unfinished transitions");

  /** Of what there was at the start so much more may be left, if that is more than the slack. */
  static final int TOLERANCE_PERCENT = 2;

  private static final Set<Quantity> THERE_WHILE_PEOPLE_ARE =
      EnumSet.of(
          SESSIONS,
          SOCKETS,
          CALLS,
          PARTICIPANTS,
          SFU_CALLS,
          ROUTERS,
          TRANSPORTS,
          PRODUCERS,
          CONSUMERS,
          OPEN_CALLS,
          OWNED_CALLS,
          PRESENT);

  private final String title;
  private final long slack;

  Quantity(String title) {
    this(title, 0);
  }

  /**
   * @param slack so many more say nothing
   */
  Quantity(String title, long slack) {
    this.title = title;
    this.slack = slack;
  }

  String title() {
    return title;
  }

  /** The most that may be left. */
  long limit(long start) {
    return start + Math.max(slack, share(start));
  }

  /** What the tolerance is of so many. */
  long share(long start) {
    return start * TOLERANCE_PERCENT / 100;
  }

  /** Whether there is more of it whenever somebody looks while people pass through calls. */
  boolean isThereWhilePeopleAre() {
    return THERE_WHILE_PEOPLE_ARE.contains(this);
  }
}
