package dev.crosspoint.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
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
}
