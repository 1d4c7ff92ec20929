package dev.crosspoint.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir Path data;

  @Test
  void data_outlive_the_database_when_they_are_kept() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.keptIn(data.resolve("kept"))) {
      execute(database, "CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.keptIn(data.resolve("kept"));
        Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void it_is_the_major_version_that_the_product_is_tested_with() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.temporary();
        Connection connection = connect(database)) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
    }
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    DatabaseAddress address = database.database("crosspoint");
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }
}
