package dev.crosspoint.bench.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A call that people pass through: somebody comes, is connected, stays for a moment and makes room
 * for the next, until so many have been there. Every so many of them go without a word, or lose
 * their socket while they are there and resume.
 */
final class PassingCall {
  private static final long PATIENCE_S = 60;
  private static final Duration STAY = Duration.ofMillis(150);

  /** Those who are there together, the smallest group for which there is a router. */
  private static final int GROUP = 3;

  private static final int PAIR = 2;
  private static final int DIRECT_EVERY = 5;
  private static final int VANISH_EVERY = 8;
  private static final int RESUME_EVERY = 6;
  private static final List<MediaSource.Kind> SENDS = List.of(MediaSource.Kind.values());

  private final SyntheticPerson.Surroundings surroundings;
  private final Passage passage;
  private final boolean direct;
  private final CallDoor door;
  private final Deque<SyntheticPerson> present = new ArrayDeque<>();

  /**
   * @param number of the call; every fifth is one of two people at a time, without a router
   */
  PassingCall(SyntheticPerson.Surroundings surroundings, Passage passage, int number) {
    this.surroundings = surroundings;
    this.passage = passage;
    this.direct = number % DIRECT_EVERY == DIRECT_EVERY - 1;
    this.door = CallDoor.ofNewCall(surroundings.http(), surroundings.server());
  }

  /** Lets so many people through; blocks until the last has gone. */
  void pass(int people) {
    try {
      for (int number = 0; number < people; number++) {
        if (direct && present.size() == PAIR) {
          goes(number);
        }
        comes(number);
        if (present.size() > GROUP) {
          goes(number);
        }
        LoadTool.pause(STAY);
      }
      while (!present.isEmpty()) {
        goes(present.size());
      }
    } finally {
      present.forEach(SyntheticPerson::close);
    }
  }

  private void comes(int number) {
    Voice voice = new Voice(number, GROUP);
    SyntheticPerson newcomer =
        new SyntheticPerson(surroundings, door.token("Person " + (number + 1)), voice, SENDS, 1);
    present.addLast(newcomer);
    newcomer.join();
    passage.joined();
    if (present.size() == GROUP) {
      present.forEach(this::connects); // the router is there from now on
    } else if (present.size() > GROUP) {
      connects(newcomer);
    }
    if (number % RESUME_EVERY == RESUME_EVERY - 1) {
      newcomer.resume();
      passage.resumed();
    }
  }

  private void connects(SyntheticPerson person) {
    person.connected().orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    person.send();
    passage.connected();
  }

  private void goes(int number) {
    try (SyntheticPerson eldest = present.removeFirst()) {
      if (number % VANISH_EVERY == VANISH_EVERY - 1) {
        passage.vanished();
      } else {
        eldest.leave();
        passage.left();
      }
    }
  }
}
