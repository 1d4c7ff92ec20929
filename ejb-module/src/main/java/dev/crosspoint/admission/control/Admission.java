package dev.crosspoint.admission.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.WaitReason;

/** Whether somebody is let into a call. */
public sealed interface Admission {

  /** They go in. */
  record Admit() implements Admission {}

  /** They wait in line until the server lets newcomers in. */
  record Queue(WaitReason reason) implements Admission {}

  /**
   * They do not go in.
   *
   * @param code has a sentence for people
   * @param message for developers
   */
  record Refuse(ErrorCode code, String message) implements Admission {}
}
