package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.admission.boundary.BanRegister;
import dev.crosspoint.admission.boundary.BanView;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The bans of two servers that share a real database. */
class BansTest {
  private static final Caller ADMINISTRATOR =
      new Caller("root", "Root", Set.of(Role.ADMIN), Optional.empty());
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestDatabase database = TestDatabase.fresh();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private final Server one = new Server();
  private final Server two = new Server();

  /** What of a server has to do with bans. */
  private final class Server {
    private final Bans bans = new Bans(new BanStore(database), () -> now);
    private final BanRegister register = new BanRegister(bans, () -> now);
    private final List<Set<String>> removed = new ArrayList<>();

    Server() {
      bans.onBan(removed::add);
    }
  }

  @Test
  void a_ban_counts_here_at_once_and_elsewhere_when_they_look() {
    BanView ban = one.register.ban(ADMINISTRATOR, "eve", Optional.empty());
    assertThat(one.bans.hold("eve")).isTrue();
    assertThat(one.removed).containsExactly(Set.of("eve"));
    assertThat(two.bans.hold("eve")).isFalse();

    two.bans.refresh();
    two.bans.refresh();

    assertThat(two.bans.hold("eve")).isTrue();
    assertThat(two.bans.hold("ada")).isFalse();
    assertThat(two.removed).containsExactly(Set.of("eve"));
    assertThat(two.register.read(ADMINISTRATOR)).containsExactly(ban);
    assertThat(ban).isEqualTo(new BanView("eve", Optional.empty(), "root", now));
  }

  @Test
  void a_ban_that_is_lifted_keeps_nobody_out() {
    one.register.ban(ADMINISTRATOR, "eve", Optional.empty());
    two.bans.refresh();

    two.register.lift(ADMINISTRATOR, "eve");
    two.register.lift(ADMINISTRATOR, "nobody");
    one.bans.refresh();

    assertThat(one.bans.hold("eve")).isFalse();
    assertThat(two.register.read(ADMINISTRATOR)).isEmpty();
  }

  @Test
  void a_ban_ends_by_itself_and_may_be_pronounced_anew() {
    one.register.ban(ADMINISTRATOR, "eve", Optional.of(now.plus(HOUR)));
    one.register.ban(ADMINISTRATOR, "eve", Optional.of(now.plus(HOUR).plus(HOUR)));

    now = now.plus(HOUR);
    assertThat(one.bans.hold("eve")).isTrue();
    assertThat(one.register.read(ADMINISTRATOR)).hasSize(1);
    now = now.plus(HOUR);
    assertThat(one.bans.hold("eve")).isFalse();
    assertThat(one.register.read(ADMINISTRATOR)).isEmpty();

    one.register.ban(ADMINISTRATOR, "eve", Optional.empty());
    assertThat(one.removed).hasSize(2);
    assertThat(database.query("SELECT count(*) FROM ban")).containsExactly("1");
  }

  @Test
  void the_latest_ban_comes_first() {
    one.register.ban(ADMINISTRATOR, "eve", Optional.empty());
    now = now.plusSeconds(1);
    one.register.ban(ADMINISTRATOR, "dan", Optional.empty());

    assertThat(one.register.read(ADMINISTRATOR))
        .extracting(BanView::subject)
        .containsExactly("dan", "eve");
  }

  @Test
  void a_ban_that_would_be_over_or_shut_its_author_out_is_refused() {
    assertRefused(
        ErrorCode.BAD_MESSAGE, () -> one.register.ban(ADMINISTRATOR, "eve", Optional.of(now)));
    assertRefused(
        ErrorCode.BAD_MESSAGE, () -> one.register.ban(ADMINISTRATOR, "root", Optional.empty()));
    assertThat(one.register.read(ADMINISTRATOR)).isEmpty();
  }

  @Test
  void only_administrators_see_and_change_bans() {
    Caller user = new Caller("ada", "Ada", Set.of(Role.USER), Optional.empty());

    assertRefused(ErrorCode.FORBIDDEN, () -> one.register.read(user));
    assertRefused(ErrorCode.FORBIDDEN, () -> one.register.ban(user, "eve", Optional.empty()));
    assertRefused(ErrorCode.FORBIDDEN, () -> one.register.lift(user, "eve"));
  }

  private static void assertRefused(ErrorCode code, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            CallFailure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
