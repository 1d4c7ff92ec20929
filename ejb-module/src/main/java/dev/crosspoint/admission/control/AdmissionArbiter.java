package dev.crosspoint.admission.control;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Combines what all policies say: the strictest counts. */
@Singleton
public class AdmissionArbiter {
  private final List<AdmissionPolicy> policies;

  @Inject
  public AdmissionArbiter(@Any Instance<AdmissionPolicy> policies) {
    this(policies.stream().toList());
  }

  /**
   * @param policies in any order
   */
  public AdmissionArbiter(List<AdmissionPolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  /** Whether somebody is let in. */
  public Admission decide(Arrival arrival) {
    return policies.stream()
        .map(policy -> policy.decide(arrival))
        .reduce(new Admission.Admit(), AdmissionArbiter::stricter);
  }

  private static Admission stricter(Admission one, Admission other) {
    return strictness(other) > strictness(one) ? other : one;
  }

  private static int strictness(Admission admission) {
    return switch (admission) {
      case Admission.Admit() -> 0;
      case Admission.Queue _ -> 1;
      case Admission.Refuse _ -> 2;
    };
  }
}
