package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class DataIT {
  @Resource(lookup = "jdbc/crosspoint")
  DataSource dataSource;

  @Deployment
  static EnterpriseArchive application() {
    return TestedApplication.with(DataIT.class);
  }

  @Test
  void the_schema_is_migrated_when_the_application_has_started() throws SQLException {
    assertThat(strings("SELECT script FROM flyway_schema_history WHERE success ORDER BY version"))
        .anyMatch(script -> script.startsWith("V1__"))
        .anyMatch(script -> script.startsWith("V2__"));
  }

  @Test
  void the_tables_of_persistent_timers_are_there() throws SQLException {
    assertThat(
            strings(
                "SELECT tablename FROM pg_tables WHERE tablename LIKE 'wlp%' ORDER BY tablename"))
        .containsExactly("wlppart", "wlpprop", "wlptask");
  }

  private List<String> strings(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
