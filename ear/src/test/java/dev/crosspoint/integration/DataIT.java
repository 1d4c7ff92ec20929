package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.admission.boundary.SfuSwitch;
import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class DataIT {
  @Resource(lookup = "jdbc/crosspoint")
  DataSource dataSource;

  @Inject SfuSwitch sfu;

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

  @Test
  void what_administrators_have_changed_is_what_microprofile_config_says() {
    Caller administrator = new Caller("root", "Root", Set.of(Role.ADMIN), Optional.empty());
    try {
      sfu.change(administrator, SfuFlag.DRAIN);
      assertThat(ConfigProvider.getConfig().getValue("crosspoint.sfu", String.class))
          .isEqualTo("drain");
    } finally {
      sfu.change(administrator, SfuFlag.ON);
    }
    assertThat(ConfigProvider.getConfig().getValue("crosspoint.sfu", String.class)).isEqualTo("on");
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
