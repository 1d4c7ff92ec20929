package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls in which nobody talks to anybody end by themselves, on a server that is killed between. */
class ForgottenCallsIT {
  /** Enough for two people to come one after the other. */
  private static final String ALONE_LIMIT = "PT6S";

  private static final String OWNER = "SELECT coalesce(owner_node, 'none') FROM call WHERE id = ?";
  private static final String END =
      "SELECT concat_ws(' ', status, end_reason, ended_at IS NOT NULL) FROM call WHERE id = ?";

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.startBeside("forgotten", Map.of("CROSSPOINT_CALL_ALONE_LIMIT", ALONE_LIMIT));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void somebody_who_waits_alone_is_warned_and_told_why_the_call_ends() throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ada = call.join("Ada")) {
      assertThat(ada.socket().event("callEnding").at("/message/inMs").asLong()).isEqualTo(3_000);
      assertThat(ada.socket().event("callEnded").at("/message/reason").asString())
          .isEqualTo("ALONE_TOO_LONG");
      assertThat(ada.socket().closeCode()).isEqualTo(1000);
    }
    assertThat(value(END, call)).isEqualTo("ENDED ALONE t");
    assertOver(call);
    Eventually.await("its count", () -> ended("alone") == 1);
  }

  @Test
  void calls_that_all_have_left_or_nobody_used_end_after_their_time_although_the_server_was_killed()
      throws Exception {
    TestCall left = TestCall.create(server);
    TestCall unused = TestCall.create(server);
    TestCall cutOff = TestCall.create(server);
    try (Person ada = left.join("Ada");
        Person ben = left.join("Ben")) {
      ada.leave();
      ben.leave();
    }
    Eventually.await("the call that all have left", () -> value(OWNER, left).equals("none"));
    List<Person> people = List.of(cutOff.join("Ada"), cutOff.join("Ben"));
    server.kill();
    people.forEach(Person::close);
    timePasses("25 hours");
    server.startAgain();

    Eventually.await("its end", () -> value(END, left).equals("ENDED ABANDONED t"));
    Eventually.await("the call of a killed server", () -> value(OWNER, cutOff).equals("none"));
    assertThat(value(END, unused)).isEqualTo("OPEN f");
    assertThat(value(END, cutOff)).isEqualTo("OPEN f");
    assertOver(left);

    TestCall talking = TestCall.create(server);
    try (Person ada = talking.join("Ada");
        Person ben = talking.join("Ben")) {
      timePasses("8 days");
      Eventually.await("the end of the unused", () -> value(END, unused).startsWith("ENDED"));
      assertThat(value(END, unused)).isEqualTo("ENDED UNANSWERED t");
      assertThat(value(END, cutOff)).isEqualTo("ENDED ABANDONED t");
      assertThat(value(END, talking)).isEqualTo("OPEN f");
      assertThat(ada.socket().heartbeat()).isEqualTo("done");
      assertThat(ben.socket().otherEvents()).doesNotContain("callEnding", "callEnded");
    }
    Eventually.await("their count", () -> ended("unanswered") == 1);
    assertThat(ended("abandoned")).isEqualTo(2);
  }

  private static void assertOver(TestCall call) throws Exception {
    try (SignalingClient late = SignalingClient.open(server, call.token("Late"))) {
      assertThat(SignalingClient.code(late.request(TestCall.joining("Late"))))
          .isEqualTo("CALL_ENDED");
    }
  }

  private static double ended(String reason) throws Exception {
    return server.metrics("crosspoint_calls_ended_total{").entrySet().stream()
        .filter(metric -> metric.getKey().contains("reason=\"%s\"".formatted(reason)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** As if everything that is written of calls had been written so much earlier. */
  private static void timePasses(String time) throws SQLException {
    try (Connection connection = server.database();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          UPDATE call SET created_at = created_at - interval '%1$s',
            empty_since = empty_since - interval '%1$s', answered_at = answered_at - interval '%1$s'
          """
              .formatted(time));
    }
  }

  private static String value(String query, TestCall call) throws SQLException {
    try (Connection connection = server.database();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, call.callId());
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }
}
