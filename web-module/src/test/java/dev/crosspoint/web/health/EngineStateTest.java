package dev.crosspoint.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.report.boundary.HealthFacts;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EngineStateTest {
  private static final MediaStats.Loop GOOD =
      new MediaStats.Loop(0, true, 40000, 0, 0, 0, MediaStats.Transit.NONE);

  @Test
  void an_engine_whose_loops_all_turn_is_bound_and_live() {
    EngineState engine =
        state(GOOD, new MediaStats.Loop(1, true, 40001, 0, 0, 0, MediaStats.Transit.NONE));
    assertThat(engine.bound()).isTrue();
    assertThat(engine.turning()).isTrue();
  }

  @Test
  void one_loop_that_stands_still_is_enough_not_to_be_live() {
    assertThat(
            state(GOOD, new MediaStats.Loop(1, false, 40001, 0, 0, 0, MediaStats.Transit.NONE))
                .turning())
        .isFalse();
  }

  @Test
  void one_loop_without_a_port_is_enough_not_to_be_ready() {
    assertThat(
            state(GOOD, new MediaStats.Loop(1, true, 0, 0, 0, 0, MediaStats.Transit.NONE)).bound())
        .isFalse();
  }

  @Test
  void an_adapter_that_does_not_run_is_neither_bound_nor_live() {
    EngineState engine =
        EngineState.of(
            new Facts(() -> {
              throw new MediaException(MediaErrorCode.STALE_COMMAND, "not started");
            }));
    assertThat(engine.bound()).isFalse();
    assertThat(engine.turning()).isFalse();
  }

  private static EngineState state(MediaStats.Loop... loops) {
    MediaStats.Tcp none = new MediaStats.Tcp(0, Map.of());
    return EngineState.of(
        new Facts(() ->
            new MediaStats(
                0, 0, 0, 0, new MediaStats.Rtp(0, 0, 0), Map.of(), none, List.of(loops))));
  }

  private record Facts(Supplier<MediaStats> stats) implements HealthFacts {
    @Override
    public boolean migrated() {
      return true;
    }

    @Override
    public boolean databaseReachable() {
      return true;
    }

    @Override
    public boolean leaseHeld() {
      return true;
    }

    @Override
    public MediaStats media() {
      return stats.get();
    }
  }
}
