package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.log.CallLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The SFU flag as this server knows it: the database's, as it was when it last answered, else the
 * setting {@code crosspoint.sfu}.
 */
@Singleton
public class SfuFlags {
  private final SfuFlagStore store;
  private final SfuGate gate;
  private final SfuFlagState unchanged;
  private volatile SfuFlagState latest;

  @Inject
  public SfuFlags(SfuFlagStore store, SfuGate gate, AdmissionSettings settings) {
    this.store = store;
    this.gate = gate;
    unchanged = new SfuFlagState(settings.sfu(), Optional.empty());
    latest = unchanged;
  }

  /** What this server goes by. */
  public SfuFlagState latest() {
    return latest;
  }

  /**
   * Goes by what the database says now. Blocks, and so does a change meanwhile: what was read
   * before it must not undo it.
   *
   * @throws RuntimeException when it says nothing; the flag stays as it is then
   */
  public synchronized void refresh() {
    adopt(store.find().orElse(unchanged));
  }

  /**
   * Changes the flag, here at once and at the other servers when they look the next time.
   *
   * @param by who
   * @return what it is now
   */
  public synchronized SfuFlagState change(SfuFlag flag, String by) {
    SfuFlagState changed = store.change(flag, by);
    adopt(changed);
    return changed;
  }

  private void adopt(SfuFlagState next) {
    SfuFlag before = latest.flag();
    latest = next;
    if (next.change().isPresent()) {
      ChangedSettings.put(AdmissionSettings.SFU, next.flag().text());
    } else {
      ChangedSettings.remove(AdmissionSettings.SFU);
    }
    if (before != next.flag()) {
      CallLog.LOG.sfuFlagChanged(before.text(), next.flag().text());
      gate.set(next.flag());
    }
  }
}
