package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.admission.boundary.LoadView;
import dev.crosspoint.admission.boundary.LoadWatch;
import dev.crosspoint.admission.entity.LoadCause;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import dev.crosspoint.node.control.NodeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What administrators see of a server whose load comes and goes. */
class LoadWatchTest {
  private static final Caller ADMINISTRATOR =
      new Caller("root", "Root", Set.of(Role.ADMIN), Optional.empty());
  private static final Duration NONE = Duration.ZERO;

  private final List<QualityLimit> limits = new ArrayList<>();
  private final SfuGate gate =
      new SfuGate(new AdmissionSettings(10, "on"), new NodeSettings("node", Duration.ofSeconds(9)));
  private final Overload overload =
      new Overload(
          new LoadSettings(70, 80, 90, 70, 60, NONE, NONE, NONE), gate, new Door(), new Engine());
  private final LoadWatch watch = new LoadWatch(overload, gate);
  private long nowNs;

  /** Keeps what it is told. */
  private final class Engine implements MediaLoad {
    @Override
    public double busiestLoop() {
      return 0;
    }

    @Override
    public void limit(QualityLimit limit) {
      limits.add(limit);
    }
  }

  private LoadView look(double cpu, double loop, double memory) {
    overload.follow(new Load(cpu, loop, memory), ++nowNs);
    return watch.read(ADMINISTRATOR);
  }

  @Test
  void each_thing_that_is_short_is_enough_and_is_named() {
    assertThat(look(50, 75, 10).causes()).containsExactly(LoadCause.MEDIA_LOOP);
    LoadView full = look(95, 75, 91);

    assertThat(full.causes())
        .containsExactly(LoadCause.CPU, LoadCause.MEDIA_LOOP, LoadCause.MEMORY);
    assertThat(full.newcomersLetIn()).isFalse();
    assertThat(full.memory()).isEqualTo(91);
  }

  @Test
  void memory_alone_closes_the_door_as_processors_do() {
    assertThat(look(1, 1, 91).newcomersLetIn()).isFalse();
    assertThat(look(1, 1, 69).newcomersLetIn()).isTrue();
  }

  @Test
  void while_nothing_is_given_up_nothing_is_to_blame() {
    assertThat(look(69, 69, 69).causes()).isEmpty();
  }

  @Test
  void an_engine_that_was_started_anew_is_told_of_the_limit_again() {
    look(75, 0, 0);
    look(75, 0, 0);
    look(10, 0, 0);
    look(10, 0, 0);

    assertThat(limits)
        .containsExactly(QualityLimit.VIDEO_REDUCED, QualityLimit.VIDEO_REDUCED, QualityLimit.NONE);
  }

  @Test
  void nobody_but_an_administrator_sees_it() {
    Caller guest = new Caller("ada", "Ada", Set.of(Role.GUEST), Optional.empty());

    assertThatThrownBy(() -> watch.read(guest))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }
}
