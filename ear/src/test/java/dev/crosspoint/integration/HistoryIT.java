package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.boundary.CallCatalog;
import dev.crosspoint.call.boundary.TransitionQuery;
import dev.crosspoint.call.boundary.TransitionStories;
import dev.crosspoint.data.History;
import dev.crosspoint.data.Transactions;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The past is read through a data source of its own, as a user who can only read. */
@ExtendWith(ArquillianExtension.class)
class HistoryIT {
  private static final Caller ADMINISTRATOR =
      new Caller("root", "Root", Set.of(Role.ADMIN), Optional.empty());
  private static final TransitionQuery LATEST =
      new TransitionQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          10);

  @Inject Transactions transactions;
  @Inject @History Transactions history;
  @Inject CallCatalog catalog;
  @Inject TransitionStories stories;

  @Resource(lookup = "jdbc/crosspoint")
  DataSource database;

  @Deployment
  static EnterpriseArchive application() {
    return TestedApplication.with(HistoryIT.class);
  }

  @Test
  void it_has_a_user_of_its_own() {
    assertThat(user(history)).isEqualTo(ArquillianDatabase.READER);
    assertThat(user(transactions)).isNotEqualTo(ArquillianDatabase.READER);
  }

  @Test
  void nothing_is_written_there() throws SQLException {
    execute("GRANT ALL ON token_key TO " + ArquillianDatabase.READER);
    assertThatThrownBy(
            () -> history.call(em -> em.createNativeQuery("DELETE FROM token_key").executeUpdate()))
        .hasStackTraceContaining("read-only transaction");
  }

  @Test
  void whoever_asks_for_the_past_asks_there_and_calls_do_not() throws SQLException {
    String call = catalog.create(ADMINISTRATOR, "Weekly").callId();
    assertThat(catalog.transitions(ADMINISTRATOR, call)).isEmpty();
    assertThat(stories.latest(ADMINISTRATOR, LATEST)).isNotNull();

    execute("REVOKE SELECT ON call, transition FROM " + ArquillianDatabase.READER);
    try {
      assertThatThrownBy(() -> catalog.transitions(ADMINISTRATOR, call))
          .isInstanceOf(EJBException.class);
      assertThatThrownBy(() -> stories.latest(ADMINISTRATOR, LATEST))
          .isInstanceOf(EJBException.class);
      assertThat(catalog.find(ADMINISTRATOR, call).name()).isEqualTo("Weekly");
    } finally {
      execute("GRANT SELECT ON call, transition TO " + ArquillianDatabase.READER);
    }
  }

  private static String user(Transactions transactions) {
    return transactions.call(
        em -> (String) em.createNativeQuery("SELECT current_user", String.class).getSingleResult());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
