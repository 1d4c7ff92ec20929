package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.topology.SfuOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SfuGateTest {
  private static final SfuOffer OPEN = new SfuOffer.Open("node-1");
  private static final SfuOffer FULL = new SfuOffer.Full(0);

  @Test
  void a_call_keeps_its_place_until_it_leaves_and_the_next_has_to_wait() {
    SfuGate gate = gate(1);
    assertThat(gate.take("one")).isEqualTo(OPEN);
    assertThat(gate.take("one")).isEqualTo(OPEN);

    assertThat(gate.take("two")).isEqualTo(FULL);
    assertThat(gate.offer("one")).isEqualTo(OPEN);
    assertThat(gate.taken()).isEqualTo(1);
    gate.leave("one");

    assertThat(gate.offer("two")).isEqualTo(OPEN);
    assertThat(gate.taken()).isZero();
  }

  @Test
  void a_place_that_is_free_is_offered_to_those_who_wait_first_in_their_order() {
    SfuGate gate = gate(1);
    gate.take("one");
    gate.queue("two");
    gate.queue("three");
    gate.queue("two");

    gate.leave("one");

    assertThat(gate.offer("two")).isEqualTo(OPEN);
    assertThat(gate.offer("three")).isEqualTo(new SfuOffer.Full(1));
    assertThat(gate.take("somebody new")).isEqualTo(new SfuOffer.Full(2));
    gate.leave("two");
    assertThat(gate.offer("three")).isEqualTo(OPEN);
  }

  @Test
  void who_waits_learns_how_many_wait_before_them_whenever_that_changes() {
    SfuGate gate = gate(1);
    gate.take("one");
    gate.queue("two");
    gate.queue("three");
    AtomicInteger told = new AtomicInteger();
    gate.onChange(told::incrementAndGet);
    assertThat(gate.offer("three")).isEqualTo(new SfuOffer.Full(1));

    gate.leave("one");
    assertThat(told).hasValue(1);
    gate.take("two");

    assertThat(told).hasValue(2);
    assertThat(gate.offer("three")).isEqualTo(FULL);
  }

  @Test
  void emptied_it_lets_nobody_in_and_nobody_out() {
    SfuGate gate = gate(2);
    gate.take("one");

    gate.set(SfuFlag.DRAIN);

    assertThat(gate.take("one")).isEqualTo(OPEN);
    assertThat(gate.take("two")).isEqualTo(new SfuOffer.Draining());
  }

  @Test
  void turned_off_it_offers_nothing_to_anybody_and_turned_on_what_was_there_before() {
    SfuGate gate = gate(1);
    gate.take("one");

    gate.set(SfuFlag.OFF);
    assertThat(gate.take("one")).isEqualTo(new SfuOffer.Off());
    assertThat(gate.take("two")).isEqualTo(new SfuOffer.Off());

    gate.set(SfuFlag.ON);
    assertThat(gate.offer("one")).isEqualTo(OPEN);
    assertThat(gate.offer("two")).isEqualTo(FULL);
  }

  @Test
  void overloaded_it_keeps_its_calls_and_takes_no_other_until_that_is_over() {
    SfuGate gate = gate(3);
    AtomicInteger told = new AtomicInteger();
    gate.take("one");
    gate.onChange(told::incrementAndGet);

    gate.setOverloaded(true);
    gate.setOverloaded(true);
    assertThat(told).hasValue(1);
    assertThat(gate.take("one")).isEqualTo(OPEN);
    assertThat(gate.take("two")).isEqualTo(new SfuOffer.Overloaded());
    gate.queue("two");
    assertThat(gate.waiting()).isEqualTo(1);

    gate.setOverloaded(false);
    assertThat(told).hasValue(2);
    assertThat(gate.take("two")).isEqualTo(OPEN);
    assertThat(gate.waiting()).isZero();
  }

  @Test
  void without_places_there_is_never_one() {
    assertThat(gate(0).take("one")).isEqualTo(FULL);
  }

  @Test
  void of_calls_that_race_for_the_last_places_so_many_get_one_and_the_others_are_told()
      throws Exception {
    SfuGate gate = gate(10);
    List<Callable<SfuOffer>> calls = new ArrayList<>();
    CountDownLatch everybody = new CountDownLatch(64);
    for (int call = 0; call < 64; call++) {
      String id = "call-" + call;
      calls.add(() -> {
        everybody.countDown();
        everybody.await();
        return gate.take(id);
      });
    }

    List<SfuOffer> answers = atOnce(calls);

    assertThat(answers).filteredOn(OPEN::equals).hasSize(10);
    assertThat(answers).filteredOn(FULL::equals).hasSize(54);
    assertThat(gate.taken()).isEqualTo(10);
  }

  @Test
  void calls_that_come_and_go_all_the_time_leave_nothing_behind() throws Exception {
    SfuGate gate = gate(3);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<SfuOffer>> calls = new ArrayList<>();
    for (int call = 0; call < 16; call++) {
      String id = "call-" + call;
      calls.add(() -> comeAndGo(gate, id, inside, most));
    }

    atOnce(calls);

    assertThat(most.get()).isBetween(1, 3);
    assertThat(gate.taken()).isZero();
    assertThat(gate.offer("another")).isEqualTo(OPEN);
  }

  private static SfuOffer comeAndGo(
      SfuGate gate, String id, AtomicInteger inside, AtomicInteger most) {
    for (int turn = 0; turn < 2_000; turn++) {
      gate.queue(id);
      if (gate.take(id).equals(OPEN)) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        inside.decrementAndGet();
      }
      gate.leave(id);
    }
    return gate.offer(id);
  }

  @Test
  void everybody_is_told_when_what_they_may_have_changes_and_only_then() {
    SfuGate gate = gate(1);
    AtomicInteger told = new AtomicInteger();
    gate.onChange(told::incrementAndGet);

    gate.take("one");
    gate.set(SfuFlag.OFF);
    assertThat(told).hasValue(2);
    gate.take("two");
    gate.leave("two");
    gate.set(SfuFlag.OFF);
    assertThat(told).hasValue(2);
    gate.leave("one");
    assertThat(told).hasValue(3);
  }

  @Test
  void as_long_as_there_is_room_nobody_is_told_who_takes_a_place() {
    SfuGate gate = gate(3);
    AtomicInteger told = new AtomicInteger();
    gate.onChange(told::incrementAndGet);

    gate.queue("one");
    gate.take("one");
    gate.take("two");
    assertThat(told).hasValue(0);
    gate.queue("three");
    assertThat(told).as("the last one is kept").hasValue(1);
    gate.take("three");
    gate.queue("four");
    assertThat(told).hasValue(1);
  }

  private static List<SfuOffer> atOnce(List<Callable<SfuOffer>> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  private static SfuGate gate(int places) {
    return new SfuGate(
        new AdmissionSettings(places, "on"), new NodeSettings("node-1", Duration.ofSeconds(10)));
  }
}
