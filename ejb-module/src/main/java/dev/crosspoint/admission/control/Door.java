package dev.crosspoint.admission.control;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where newcomers to all calls of this server wait, in one line, while it is under so much load
 * that it lets nobody in. When it may again, they go in in order and a few at a time, so that they
 * do not bring the load back all at once; whoever comes meanwhile goes to the end. May be asked
 * from any thread; newcomers are told on the thread that moved them, and never under the lock.
 */
@Singleton
public class Door {
  /** How many may go in at each turn. */
  static final int AT_A_TURN = 10;

  /** No place in the line. */
  private static final int UNTOLD = 0;

  private final Map<Newcomer, Integer> line = new LinkedHashMap<>();
  private boolean open = true;

  /** Somebody who waits. */
  public interface Newcomer {
    /** They go in; they wait no longer. */
    void letIn();

    /**
     * Where they are in the line now.
     *
     * @param position 1 being next
     */
    void waitsAt(int position);
  }

  /** Whether somebody who comes now goes straight in. */
  public synchronized boolean admits() {
    return open && line.isEmpty();
  }

  /** Puts somebody at the end of the line, and tells them where that is. */
  public void queue(Newcomer newcomer) {
    int position;
    synchronized (this) {
      position = line.size() + 1;
      line.put(newcomer, position);
    }
    tell(newcomer, position);
  }

  /**
   * Puts somebody into the place of somebody who waits, or to the end if that one waits no more,
   * and tells them where that is.
   */
  public void replace(Newcomer former, Newcomer newcomer) {
    int position;
    synchronized (this) {
      Map<Newcomer, Integer> before = new LinkedHashMap<>(line);
      line.clear();
      before.forEach((waiting, told) -> {
        if (waiting.equals(former)) {
          line.put(newcomer, line.size() + 1);
        } else {
          line.put(waiting, told);
        }
      });
      line.putIfAbsent(newcomer, line.size() + 1);
      position = line.get(newcomer);
    }
    tell(newcomer, position);
  }

  /** A turn may tell them another place before this one: then the next turn tells it again. */
  private void tell(Newcomer newcomer, int position) {
    newcomer.waitsAt(position);
    synchronized (this) {
      if (line.getOrDefault(newcomer, position) != position) {
        line.put(newcomer, UNTOLD);
      }
    }
  }

  /** Somebody waits no longer; those behind them learn it at the next turn. */
  public synchronized void leave(Newcomer newcomer) {
    line.remove(newcomer);
  }

  /**
   * A turn: lets in those who may go in, and tells the others where they are.
   *
   * @param mayOpen whether the server lets anybody in
   */
  public void turn(boolean mayOpen) {
    List<Runnable> news = new ArrayList<>();
    synchronized (this) {
      open = mayOpen;
      if (open) {
        letFirstIn(news);
      }
      tellPositions(news);
    }
    news.forEach(Runnable::run);
  }

  private void letFirstIn(List<Runnable> news) {
    List<Newcomer> first = line.keySet().stream().limit(AT_A_TURN).toList();
    first.forEach(line::remove);
    first.forEach(newcomer -> news.add(newcomer::letIn));
  }

  private void tellPositions(List<Runnable> news) {
    int position = 0;
    for (Map.Entry<Newcomer, Integer> waiting : line.entrySet()) {
      int now = ++position;
      if (waiting.setValue(now) != now) {
        Newcomer newcomer = waiting.getKey();
        news.add(() -> newcomer.waitsAt(now));
      }
    }
  }

  /** How many wait. */
  public synchronized int waiting() {
    return line.size();
  }
}
