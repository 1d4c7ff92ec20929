package dev.crosspoint.admission.control;

import dev.crosspoint.contract.ErrorCode;
import jakarta.inject.Singleton;

/** A call takes so many people and no more. */
@Singleton
public class CallSizePolicy implements AdmissionPolicy {
  @Override
  public Admission decide(Arrival arrival) {
    return arrival.people() < arrival.capacity()
        ? new Admission.Admit()
        : new Admission.Refuse(ErrorCode.CALL_FULL, "the call is full");
  }
}
