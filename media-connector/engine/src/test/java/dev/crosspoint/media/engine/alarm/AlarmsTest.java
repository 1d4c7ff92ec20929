package dev.crosspoint.media.engine.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final int PEOPLE = 50;
  private static final int STEPS = 20_000;
  private static final int SOON = 1_000;

  private final Alarms<String> alarms = new Alarms<>();

  @Test
  void who_is_due_is_called_once_and_the_earliest_first() {
    alarms.of("later").setBy(30);
    alarms.of("soon").setBy(10);
    alarms.of("never");
    alarms.of("last").setBy(40);

    List<String> due = new ArrayList<>();
    alarms.takeDue(30, due);
    alarms.takeDue(30, due);

    assertThat(due).containsExactly("soon", "later");
    assertThat(alarms.nextNs()).isEqualTo(40);
  }

  @Test
  void an_alarm_is_set_earlier_and_not_later() {
    Alarms<String>.Alarm alarm = alarms.of("one");
    alarm.setBy(20);
    alarm.setBy(10);
    alarm.setBy(30);

    assertThat(alarms.nextNs()).isEqualTo(10);
  }

  @Test
  void an_alarm_that_is_unset_is_not_due() {
    Alarms<String>.Alarm alarm = alarms.of("one");
    alarm.setBy(20);
    alarm.unset();
    alarm.unset();

    assertThat(alarms.nextNs()).isEqualTo(Alarms.NEVER);
    alarm.setBy(30);
    assertThat(alarms.nextNs()).isEqualTo(30);
  }

  @Test
  void whatever_is_set_and_unset_everybody_is_called_when_due() {
    Random chance = new Random(1);
    Map<Integer, Long> expected = new HashMap<>();
    Alarms<Integer> all = new Alarms<>();
    List<Alarms<Integer>.Alarm> each = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      each.add(all.of(i));
    }
    long now = 0;
    for (int step = 0; step < STEPS; step++) {
      int who = chance.nextInt(PEOPLE);
      switch (chance.nextInt(4)) {
        case 0 -> {
          each.get(who).unset();
          expected.remove(who);
        }
        case 1 -> {
          now += chance.nextInt(SOON / PEOPLE);
          List<Integer> due = new ArrayList<>();
          all.takeDue(now, due);
          long until = now;
          assertThat(due)
              .containsExactlyInAnyOrderElementsOf(
                  expected.entrySet().stream()
                      .filter(set -> set.getValue() <= until)
                      .map(Map.Entry::getKey)
                      .toList())
              .isSortedAccordingTo(Comparator.comparing(i -> expected.getOrDefault(i, 0L)));
          due.forEach(expected::remove);
        }
        default -> {
          long at = now + chance.nextInt(SOON);
          each.get(who).setBy(at);
          expected.merge(who, at, Math::min);
        }
      }
      assertThat(all.nextNs())
          .isEqualTo(expected.values().stream().min(Long::compare).orElse(Alarms.NEVER));
    }
  }
}
