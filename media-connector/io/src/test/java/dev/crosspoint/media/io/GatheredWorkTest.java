package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredWorkTest {
  private final List<Runnable> turns = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final GatheredWork work = new GatheredWork(turns::add);

  @Test
  void what_gathers_before_the_turn_is_done_in_it_in_order() {
    work.add(() -> done.add("first"));
    work.add(() -> done.add("second"));
    assertThat(turns).hasSize(1);

    turns.getFirst().run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void what_comes_after_or_during_the_turn_is_not_forgotten() {
    work.add(() -> work.add(() -> done.add("during")));
    turns.getFirst().run();
    work.add(() -> done.add("after"));

    turns.getLast().run();
    assertThat(done).containsExactly("during", "after");
  }
}
