package dev.crosspoint.node.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.data.Transactions;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final NodeSettings node = new NodeSettings("a", Duration.ofSeconds(100));
  private Duration now = Duration.ZERO;
  private final HeldLease lease =
      new HeldLease(new NodeLeases(database), node, () -> now.toNanos());

  @Test
  void aLeaseThatWasNeverTakenIsNotHeld() {
    assertThat(lease.held()).isFalse();
  }

  @Test
  void aLeaseEndsHereALittleBeforeItEndsInTheDatabase() {
    lease.take();

    pass(89);
    assertThat(lease.held()).isTrue();
    pass(1);
    assertThat(lease.held()).isFalse();
  }

  @Test
  void aLeaseCountsFromBeforeTheDatabaseWasAsked() {
    Transactions slow =
        new Transactions() {
          @Override
          public <T> T call(Function<EntityManager, T> work) {
            pass(60);
            return database.call(work);
          }
        };
    HeldLease late = new HeldLease(new NodeLeases(slow), node, () -> now.toNanos());
    late.take();

    pass(29);
    assertThat(late.held()).isTrue();
    pass(1);
    assertThat(late.held()).isFalse();
  }

  @Test
  void theDatabaseIsAskedWhenAQuarterOfTheTimeIsOverAndThenUntilItAnswers() {
    lease.take();
    database.setAway(true);
    pass(24);
    assertThat(lease.renewIfDue()).isTrue();
    pass(1);
    assertThatThrownBy(lease::renewIfDue).hasMessageContaining("away");
    pass(60);
    assertThatThrownBy(lease::renewIfDue).hasMessageContaining("away");
    assertThat(lease.held()).isTrue();

    database.setAway(false);
    assertThat(lease.renewIfDue()).isTrue();

    pass(89);
    assertThat(lease.held()).isTrue();
  }

  @Test
  void aLeaseThatRanOutIsHeldAgainWhenItIsRenewed() {
    lease.take();
    pass(500);
    assertThat(lease.held()).isFalse();

    lease.renewIfDue();

    assertThat(lease.held()).isTrue();
  }

  @Test
  void aLeaseThatAnotherLifeOfTheServerTookIsLostAtOnceAndForGood() {
    lease.take();
    new NodeLeases(database).take(new NodeSettings("a", Duration.ofSeconds(100)));
    pass(25);

    assertThat(lease.renewIfDue()).isFalse();
    assertThat(lease.held()).isFalse();
    assertThat(lease.renewIfDue()).isFalse();
  }

  @Test
  void aLeaseThatIsGivenUpLetsOthersGoOnAtOnce() {
    lease.take();

    lease.giveUp();

    assertThat(lease.held()).isFalse();
    assertThat(database.query("SELECT id FROM node")).isEmpty();
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }
}
