package dev.crosspoint.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void anEmptyDatabaseGetsTheSchemaAndASecondRunChangesNothing() {
    TestDatabase database = TestDatabase.fresh();

    Migrations.run(database.dataSource());

    assertThat(
            database.query(
                "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(
            database.query(
                """
                SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'
                """))
        .contains("call", "participant", "transition", "transition_step", "node", "wlptask");
  }

  @Test
  void aDatabaseThatHoldsTheServersTimerTablesAlreadyIsMigratedAllTheSame()
      throws IOException, SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE wlpprop (id varchar(254) PRIMARY KEY, val varchar(254))");

      Migrations.run(server.getPostgresDatabase());

      try (ResultSet calls = statement.executeQuery("SELECT count(*) FROM call")) {
        assertThat(calls.next()).isTrue();
      }
    }
  }
}
