package dev.crosspoint.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  @ParameterizedTest
  @CsvSource({
    "22001, true",
    "23505, true",
    "42501, true",
    "08006, false",
    "57P01, false",
    "40001, false"
  })
  void what_the_database_refuses_is_final_and_what_it_could_not_do_is_not(
      String state, boolean refused) {
    Throwable failure = new IllegalStateException(new SQLException("said so", state));

    assertThat(Refusals.isFinal(failure)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "08001, true",
    "08006, true",
    "53300, true",
    "57P03, true",
    "57014, false",
    "23505, false"
  })
  void a_database_that_cannot_be_asked_is_away(String state, boolean away) {
    Throwable failure = new IllegalStateException(new SQLException("said so", state));

    assertThat(Refusals.isAway(failure)).isEqualTo(away);
  }

  @Test
  void it_is_away_when_there_is_no_connection_to_be_had() {
    assertThat(Refusals.isAway(new SQLException(new SQLTransientConnectionException("none free"))))
        .isTrue();
    assertThat(Refusals.isAway(new IllegalStateException("something else"))).isFalse();
  }
}
