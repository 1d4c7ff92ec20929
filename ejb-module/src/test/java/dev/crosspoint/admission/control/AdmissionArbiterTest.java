package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.WaitReason;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionArbiterTest {
  private static final int CAPACITY = 50;
  private static final Admission ADMIT = new Admission.Admit();
  private static final Admission WAIT = new Admission.Queue(WaitReason.OVERLOADED);
  private static final Admission FULL =
      new Admission.Refuse(ErrorCode.CALL_FULL, "the call is full");

  private final AdmissionArbiter arbiter =
      new AdmissionArbiter(List.of(new OverloadPolicy(), new CallSizePolicy(), new BanPolicy()));

  private static Arrival arrival(int people, boolean doorAdmits, boolean banned) {
    return new Arrival(
        people, CAPACITY, banned, new Arrival.Server(Load.NONE, doorAdmits, SfuFlag.ON, 0, 10));
  }

  @Test
  void the_last_one_for_whom_there_is_room_is_let_in_and_the_next_is_refused() {
    assertThat(arbiter.decide(arrival(CAPACITY - 1, true, false))).isEqualTo(ADMIT);
    assertThat(arbiter.decide(arrival(CAPACITY, true, false))).isEqualTo(FULL);
  }

  @Test
  void while_the_door_admits_nobody_newcomers_wait() {
    assertThat(arbiter.decide(arrival(1, false, false))).isEqualTo(WAIT);
  }

  @Test
  void nobody_waits_for_a_call_that_is_full() {
    assertThat(arbiter.decide(arrival(CAPACITY, false, false))).isEqualTo(FULL);
  }

  @Test
  void who_is_banned_is_refused_and_does_not_wait() {
    assertThat(arbiter.decide(arrival(1, false, true)))
        .isEqualTo(new Admission.Refuse(ErrorCode.BANNED, "kept out by an administrator"));
  }

  @Test
  void the_strictest_counts_in_whatever_order_policies_are_asked() {
    AdmissionPolicy admits = _ -> ADMIT;
    AdmissionPolicy queues = _ -> WAIT;
    AdmissionPolicy refuses = _ -> FULL;
    Arrival arrival = arrival(0, true, false);

    assertThat(new AdmissionArbiter(List.of(admits, refuses, queues)).decide(arrival))
        .isEqualTo(FULL);
    assertThat(new AdmissionArbiter(List.of(queues, admits)).decide(arrival)).isEqualTo(WAIT);
    assertThat(new AdmissionArbiter(List.of()).decide(arrival)).isEqualTo(ADMIT);
  }
}
