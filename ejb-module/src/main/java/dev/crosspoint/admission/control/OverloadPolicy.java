package dev.crosspoint.admission.control;

import dev.crosspoint.contract.WaitReason;
import jakarta.inject.Singleton;

/** Newcomers wait while the server has too much to do, and behind those who wait already. */
@Singleton
public class OverloadPolicy implements AdmissionPolicy {
  @Override
  public Admission decide(Arrival arrival) {
    return arrival.server().doorAdmits()
        ? new Admission.Admit()
        : new Admission.Queue(WaitReason.OVERLOADED);
  }
}
