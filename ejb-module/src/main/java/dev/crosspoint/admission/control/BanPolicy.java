package dev.crosspoint.admission.control;

import dev.crosspoint.contract.ErrorCode;
import jakarta.inject.Singleton;

/** Whom administrators keep out, is not let in. */
@Singleton
public class BanPolicy implements AdmissionPolicy {
  @Override
  public Admission decide(Arrival arrival) {
    return arrival.banned()
        ? new Admission.Refuse(ErrorCode.BANNED, "kept out by an administrator")
        : new Admission.Admit();
  }
}
