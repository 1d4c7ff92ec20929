package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.admission.boundary.SfuFlagView;
import dev.crosspoint.admission.boundary.SfuSwitch;
import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import dev.crosspoint.node.control.NodeSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The flag of two servers that share a real database. */
class SfuFlagsTest {
  private static final Caller ADMINISTRATOR =
      new Caller("root", "Root", Set.of(Role.ADMIN), Optional.empty());

  private final TestDatabase database = TestDatabase.fresh();
  private final Server one = new Server("on");
  private final Server two = new Server("on");

  /** What of a server has to do with the flag. */
  private final class Server {
    private final SfuGate gate;
    private final SfuFlags flags;
    private final SfuSwitch door;

    Server(String setting) {
      AdmissionSettings settings = new AdmissionSettings(10, setting);
      gate = new SfuGate(settings, new NodeSettings("node", Duration.ofSeconds(10)));
      flags = new SfuFlags(new SfuFlagStore(database), gate, settings);
      door = new SfuSwitch(flags, gate);
    }
  }

  @Test
  void as_long_as_nobody_has_changed_it_the_flag_is_as_the_server_was_set_up() {
    Server drained = new Server("drain");

    drained.flags.refresh();

    assertThat(drained.gate.flag()).isEqualTo(SfuFlag.DRAIN);
    assertThat(drained.door.read(ADMINISTRATOR))
        .isEqualTo(new SfuFlagView(SfuFlag.DRAIN, Optional.empty(), Optional.empty(), 0, 10));
  }

  @Test
  void a_change_counts_here_at_once_and_elsewhere_when_they_look() {
    SfuFlagView changed = one.door.change(ADMINISTRATOR, SfuFlag.OFF);
    assertThat(one.gate.flag()).isEqualTo(SfuFlag.OFF);
    assertThat(two.gate.flag()).isEqualTo(SfuFlag.ON);

    two.flags.refresh();

    assertThat(two.gate.flag()).isEqualTo(SfuFlag.OFF);
    assertThat(two.door.read(ADMINISTRATOR)).isEqualTo(changed);
    assertThat(changed.changedBy()).contains("root");
    assertThat(changed.changedAt()).isPresent();
  }

  @Test
  void what_an_administrator_said_last_outlives_servers_and_their_settings() {
    one.door.change(ADMINISTRATOR, SfuFlag.OFF);
    two.door.change(ADMINISTRATOR, SfuFlag.DRAIN);

    Server later = new Server("on");
    later.flags.refresh();
    one.flags.refresh();

    assertThat(later.gate.flag()).isEqualTo(SfuFlag.DRAIN);
    assertThat(one.gate.flag()).isEqualTo(SfuFlag.DRAIN);
  }

  @Test
  void while_the_database_is_away_the_flag_stays_as_it_was_known() {
    one.door.change(ADMINISTRATOR, SfuFlag.DRAIN);
    database.setAway(true);

    assertThatThrownBy(one.flags::refresh).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> one.flags.change(SfuFlag.ON, "root"))
        .isInstanceOf(RuntimeException.class);

    assertThat(one.gate.flag()).isEqualTo(SfuFlag.DRAIN);
    database.setAway(false);
  }

  @Test
  void a_word_in_the_database_that_this_server_does_not_know_changes_nothing() {
    one.door.change(ADMINISTRATOR, SfuFlag.DRAIN);
    database.execute("UPDATE setting SET value = 'sometimes'");

    assertThatThrownBy(one.flags::refresh).isInstanceOf(IllegalArgumentException.class);

    assertThat(one.gate.flag()).isEqualTo(SfuFlag.DRAIN);
  }

  @Test
  void nobody_but_an_administrator_reads_or_changes_it() {
    Caller guest = new Caller("ada", "Ada", Set.of(Role.GUEST), Optional.empty());
    Caller inCall = new Caller("root", "Root", Set.of(Role.ADMIN), Optional.of("call"));

    refused(() -> one.door.read(guest));
    refused(() -> one.door.change(guest, SfuFlag.OFF));
    refused(() -> one.door.change(inCall, SfuFlag.OFF));

    assertThat(one.gate.flag()).isEqualTo(SfuFlag.ON);
  }

  private static void refused(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }
}
