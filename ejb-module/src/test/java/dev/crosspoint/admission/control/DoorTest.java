package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorTest {
  private final Door door = new Door();
  private final List<String> news = new ArrayList<>();

  private class Somebody implements Door.Newcomer {
    private final String name;

    Somebody(String name) {
      this.name = name;
    }

    @Override
    public void letIn() {
      news.add(name + " in");
    }

    @Override
    public void waitsAt(int position) {
      news.add(name + " " + position);
    }
  }

  private Somebody queued(String name) {
    Somebody somebody = new Somebody(name);
    door.queue(somebody);
    return somebody;
  }

  private void crowd(int people) {
    for (int number = 1; number <= people; number++) {
      queued("p" + number);
    }
    news.clear();
  }

  @Test
  void an_open_door_admits_and_a_closed_one_does_not() {
    assertThat(door.admits()).isTrue();

    door.turn(false);

    assertThat(door.admits()).isFalse();
  }

  @Test
  void everybody_learns_their_place_and_goes_in_in_order_by_themselves() {
    door.turn(false);
    queued("ann");
    queued("bob");
    assertThat(news).containsExactly("ann 1", "bob 2");

    door.turn(true);

    assertThat(news).endsWith("ann in", "bob in");
    assertThat(door.waiting()).isZero();
    assertThat(door.admits()).isTrue();
  }

  @Test
  void a_place_that_is_told_too_late_is_told_again() {
    door.turn(false);
    Somebody ann = queued("ann");
    Somebody bob =
        new Somebody("bob") {
          @Override
          public void waitsAt(int position) {
            if (position == 2) { // the line moves before they hear it
              door.leave(ann);
              door.turn(false);
            }
            super.waitsAt(position);
          }
        };
    door.queue(bob);
    assertThat(news).containsExactly("ann 1", "bob 1", "bob 2");

    door.turn(false);
    door.turn(false);

    assertThat(news).containsExactly("ann 1", "bob 1", "bob 2", "bob 1");
  }

  @Test
  void who_comes_again_takes_the_place_that_they_had() {
    door.turn(false);
    Somebody ann = queued("ann");
    Somebody bob = queued("bob");
    queued("cid");
    news.clear();

    door.replace(bob, new Somebody("bob again"));
    assertThat(news).containsExactly("bob again 2");
    door.leave(ann);
    door.turn(true);

    assertThat(news).containsExactly("bob again 2", "bob again in", "cid in");
  }

  @Test
  void who_comes_again_when_their_place_is_gone_goes_to_the_end() {
    door.turn(false);
    Somebody ann = queued("ann");
    queued("bob");
    door.leave(ann);
    news.clear();

    door.replace(ann, new Somebody("ann again"));

    assertThat(news).containsExactly("ann again 2");
    assertThat(door.waiting()).isEqualTo(2);
  }

  @Test
  void who_leaves_makes_room_for_those_behind() {
    door.turn(false);
    Somebody ann = queued("ann");
    queued("bob");

    door.leave(ann);
    door.turn(false);

    assertThat(news).endsWith("bob 1");
    assertThat(door.waiting()).isEqualTo(1);
  }

  @Test
  void a_few_at_a_turn_go_in_and_whoever_comes_meanwhile_goes_to_the_end() {
    door.turn(false);
    crowd(Door.AT_A_TURN + 2);

    door.turn(true);
    assertThat(news).hasSize(Door.AT_A_TURN + 2).endsWith("p11 1", "p12 2");
    assertThat(door.admits()).isFalse();
    queued("late");
    assertThat(news).endsWith("late 3");
    door.turn(true);

    assertThat(news).endsWith("p11 in", "p12 in", "late in");
    assertThat(door.admits()).isTrue();
  }

  @Test
  void a_door_that_closes_again_keeps_the_rest_in_their_order() {
    door.turn(false);
    crowd(Door.AT_A_TURN + 2);
    door.turn(true);
    news.clear();

    door.turn(false);

    assertThat(news).isEmpty();
    assertThat(door.waiting()).isEqualTo(2);
  }
}
