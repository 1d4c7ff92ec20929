package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.topology.SfuOffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The places for calls over the SFU of this server. A call has one from the moment its router is
 * asked for until its last one is closed; routers that only stand by take none. Calls that would
 * have one wait in a line, and a place that is free is offered to the first of them, so that they
 * do not all try at once. May be asked from any thread.
 */
@Singleton
public class SfuGate {
  private final SfuOffer.Open open;
  private final int places;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final Set<String> holders = new HashSet<>();
  private final Set<String> line = new LinkedHashSet<>();
  private SfuFlag flag;
  private boolean overloaded;

  @Inject
  public SfuGate(AdmissionSettings settings, NodeSettings node) {
    this.open = new SfuOffer.Open(node.node());
    this.places = settings.sfuCalls();
    this.flag = settings.sfu();
  }

  /**
   * Has somebody told, on the thread that changed it, when what other calls are offered may have
   * changed.
   */
  public void onChange(Runnable follower) {
    followers.add(follower);
  }

  /** What a call may have now. Who has a place keeps it, unless the SFU is turned off. */
  public synchronized SfuOffer offer(String callId) {
    if (flag == SfuFlag.OFF) {
      return new SfuOffer.Off();
    }
    if (holders.contains(callId)) {
      return open;
    }
    if (flag == SfuFlag.DRAIN) {
      return new SfuOffer.Draining();
    }
    if (overloaded) {
      return new SfuOffer.Overloaded();
    }
    int before = (int) line.stream().takeWhile(waiting -> !waiting.equals(callId)).count();
    return before < free() ? open : new SfuOffer.Full(before);
  }

  private int free() {
    return places - holders.size();
  }

  /** Whether somebody who comes now is offered a place: those in the line are before them. */
  private boolean roomForOthers() {
    return line.size() < free();
  }

  /**
   * Takes a place for a call, if it may have one.
   *
   * @return what it was offered: a place was taken when that is {@link SfuOffer.Open}
   */
  public SfuOffer take(String callId) {
    SfuOffer offer;
    boolean changed;
    synchronized (this) {
      boolean room = roomForOthers();
      offer = offer(callId);
      boolean taken = offer instanceof SfuOffer.Open && holders.add(callId);
      boolean moved = taken && line.remove(callId) && !line.isEmpty();
      changed = moved || (room && !roomForOthers());
    }
    tell(changed);
    return offer;
  }

  /** Puts a call that has no place into the line, at its end; if one is free, it is kept for it. */
  public void queue(String callId) {
    boolean lastOne;
    synchronized (this) {
      boolean room = roomForOthers();
      if (!holders.contains(callId)) {
        line.add(callId);
      }
      lastOne = room && !roomForOthers();
    }
    tell(lastOne);
  }

  /** A call neither has a place nor waits for one any more. */
  public void leave(String callId) {
    boolean changed;
    synchronized (this) {
      boolean waited = line.remove(callId);
      changed = holders.remove(callId) || waited;
    }
    tell(changed);
  }

  /** Calls that have a place keep it when the flag changes, also through {@link SfuFlag#OFF}. */
  public void set(SfuFlag next) {
    boolean changed;
    synchronized (this) {
      changed = flag != next;
      flag = next;
    }
    tell(changed);
  }

  /** While the server is overloaded no call begins to use the SFU; those that do go on. */
  public void setOverloaded(boolean next) {
    boolean changed;
    synchronized (this) {
      changed = overloaded != next;
      overloaded = next;
    }
    tell(changed);
  }

  private void tell(boolean changed) {
    if (changed) {
      followers.forEach(Runnable::run);
    }
  }

  /** What calls may use the SFU for now. */
  public synchronized SfuFlag flag() {
    return flag;
  }

  /** How many calls may have a place. */
  public int places() {
    return places;
  }

  /** How many calls wait for one. */
  public synchronized int waiting() {
    return line.size();
  }

  /** How many calls have one. */
  public synchronized int taken() {
    return holders.size();
  }
}
