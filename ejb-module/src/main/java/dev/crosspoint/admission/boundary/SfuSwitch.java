package dev.crosspoint.admission.boundary;

import dev.crosspoint.admission.control.SfuFlagState;
import dev.crosspoint.admission.control.SfuFlags;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The switch by which administrators turn the SFU off and on. */
@Singleton
public class SfuSwitch {
  private final SfuFlags flags;
  private final SfuGate gate;

  @Inject
  public SfuSwitch(SfuFlags flags, SfuGate gate) {
    this.flags = flags;
    this.gate = gate;
  }

  /**
   * What the server goes by.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls
   */
  public SfuFlagView read(Caller caller) {
    caller.requireAdministrator();
    return view(flags.latest());
  }

  /**
   * Changes the flag, without a restart and for all servers of the database. Blocks on it.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls, UNAVAILABLE when the database does
   *     not take it
   */
  public SfuFlagView change(Caller caller, SfuFlag flag) {
    caller.requireAdministrator();
    return view(DatabaseWrites.write(() -> flags.change(flag, caller.subject())));
  }

  private SfuFlagView view(SfuFlagState state) {
    return new SfuFlagView(
        state.flag(),
        state.change().map(SfuFlagState.Change::by),
        state.change().map(SfuFlagState.Change::at),
        gate.taken(),
        gate.places());
  }
}
