package dev.crosspoint.admission.boundary;

import dev.crosspoint.admission.control.Load;
import dev.crosspoint.admission.control.Overload;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What administrators see of a server under load. */
@Singleton
public class LoadWatch {
  private final Overload overload;
  private final SfuGate gate;

  @Inject
  public LoadWatch(Overload overload, SfuGate gate) {
    this.overload = overload;
    this.gate = gate;
  }

  /**
   * How it is now.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls
   */
  public LoadView read(Caller caller) {
    caller.requireAdministrator();
    Overload.Standing standing = overload.standing();
    Load load = standing.load();
    return new LoadView(
        load.cpu(),
        load.loop(),
        load.memory(),
        standing.quality(),
        standing.doorOpen(),
        standing.causes().stream().sorted().toList(),
        overload.door().waiting(),
        gate.waiting());
  }
}
