package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CallLedgerTest {
  private boolean leased = true;
  private final VirtualTime time = new VirtualTime();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final CallLedger ledger =
      new CallLedger(new OwnedCall("call", "Weekly", 1, 0), threads::add, time, () -> leased);
  private final List<String> course = new ArrayList<>();
  private boolean databaseAway;

  @Test
  void whatFollowsFromWritesComesInTheirOrder() {
    note("first", ledger.append(() -> write("first")));
    note("second, without a write", ledger.settled());
    note("third, without a write", ledger.settled());
    note("fourth", ledger.append(() -> write("fourth")));
    note("fifth, without a write", ledger.settled());
    run();

    assertThat(course)
        .containsExactly(
            "write first",
            "first",
            "second, without a write",
            "third, without a write",
            "write fourth",
            "fourth",
            "fifth, without a write");
  }

  @Test
  void writesWaitForADatabaseThatIsAwayAndNewcomersDoNot() {
    databaseAway = true;
    note("first", ledger.append(() -> write("first")));
    note("second", ledger.append(() -> write("second")));
    run();
    assertThat(ledger.tryAppend(() -> write("newcomer")))
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));

    databaseAway = false;
    time.pass(Duration.ofSeconds(1));
    run();
    note("newcomer", ledger.tryAppend(() -> write("newcomer")));
    run();

    assertThat(course)
        .containsExactly(
            "write first", "first", "write second", "second", "write newcomer", "newcomer");
  }

  @Test
  void aDatabaseThatComesBackAndRefusesAWriteTakesNewcomersAgain() {
    databaseAway = true;
    CompletionStage<Boolean> refused =
        ledger.append(() -> {
          write("refused");
          throw new IllegalStateException(new SQLException("duplicate key", "23505"));
        });
    run();
    databaseAway = false;
    time.pass(Duration.ofSeconds(1));
    run();
    assertThat(refused).isCompletedExceptionally();

    note("newcomer", ledger.tryAppend(() -> write("newcomer")));
    run();

    assertThat(course).endsWith("write newcomer", "newcomer");
  }

  @Test
  void whileTheServerHasNoLeaseNothingIsWrittenAndNewcomersAreRefused() {
    leased = false;
    note("first", ledger.append(() -> write("first")));
    note("newcomer", ledger.tryAppend(() -> write("newcomer")));
    run();
    time.pass(Duration.ofSeconds(3));
    run();
    assertThat(course).isEmpty();

    leased = true;
    time.pass(Duration.ofSeconds(1));
    run();

    assertThat(course).containsExactly("write first", "first");
  }

  @Test
  void aNewcomerWhoseTurnComesWhenTheLeaseIsLostIsRefused() {
    CompletionStage<Boolean> newcomer = ledger.tryAppend(() -> write("newcomer"));
    leased = false;
    run();

    assertThat(newcomer).isCompletedExceptionally();
    assertThat(course).isEmpty();
  }

  private void write(String what) {
    if (databaseAway) {
      throw new IllegalStateException("no connection");
    }
    course.add("write " + what);
  }

  private void note(String what, CompletionStage<Boolean> stage) {
    stage.thenRun(() -> course.add(what));
  }

  private void run() {
    for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
      task.run();
    }
  }
}
