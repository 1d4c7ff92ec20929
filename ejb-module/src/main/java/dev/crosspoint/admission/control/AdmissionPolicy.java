package dev.crosspoint.admission.control;

/**
 * A rule about who is let in: a pure decision over a snapshot. Every bean of this type is asked, so
 * a deployment adds a rule by adding a bean.
 */
public interface AdmissionPolicy {
  /** What this rule says of an arrival; what it has no opinion of, it admits. */
  Admission decide(Arrival arrival);
}
