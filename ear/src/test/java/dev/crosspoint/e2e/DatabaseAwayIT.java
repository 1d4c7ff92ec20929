package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.DatabaseProcess.Pause;
import dev.crosspoint.e2e.RestClient.Answer;
import dev.crosspoint.e2e.TestCall.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The database is stopped until the server's lease has run out: who talks goes on talking. */
class DatabaseAwayIT {
  private static final String LEASE_RUN_OUT = "XPC20032";
  private static final String LEAVES =
      "SELECT count(*) FROM participant WHERE call_id = ? AND leave_reason = 'LEFT'";

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.startBeside("away", Map.of("CROSSPOINT_NODE_LEASE", "PT4S"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void running_calls_go_on_newcomers_are_told_to_come_later_and_the_record_is_completed()
      throws Exception {
    TestCall running = TestCall.create(server);
    TestCall unknown = TestCall.create(server);
    RestClient rest = RestClient.of(server).as(TestCall.guest(server, "Host"));
    String token = unknown.token("Dora");
    try (Person ada = running.join("Ada");
        Person ben = running.join("Ben")) {
      try (Person cleo = running.join("Cleo");
          Pause _ = new DatabaseProcess(server).stop()) {
        assertTellsToComeLater(rest.post("calls", "{\"name\": \"Test\"}"));
        assertTellsToComeLater(rest.get("calls/" + running.callId()));
        assertTellsToComeLater(rest.post("calls/" + unknown.callId() + "/tokens", ""));
        assertTellsToComeLater(rest.get("calls/" + running.callId() + "/transitions"));
        assertNobodyEnters(token);
        cleo.leave();
        assertHears(ben, cleo);
        Eventually.await("the end of the lease", () -> TwoServers.said(server, LEASE_RUN_OUT) > 0);
        assertNobodyEnters(token);
        assertThat(ada.socket().heartbeat()).isEqualTo("done");
        assertThat(ben.socket().heartbeat()).isEqualTo("done");
      }
      Eventually.await("what was missed", () -> leaves(running) == 1);
      Eventually.await("a new call", () -> rest.post("calls", "{\"name\": \"T\"}").status() == 201);
      Eventually.await("a newcomer", () -> enters(token));
      assertThat(ada.socket().otherEvents()).doesNotContain("callEnded");
      assertThat(ben.socket().heartbeat()).isEqualTo("done");
    }
  }

  private static void assertTellsToComeLater(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.value("code")).isEqualTo("UNAVAILABLE");
  }

  private static void assertNobodyEnters(String token) {
    try (SignalingClient late = SignalingClient.open(server, token)) {
      JsonNode refused = late.request(TestCall.joining("Late"));
      assertThat(SignalingClient.code(refused)).isEqualTo("UNAVAILABLE");
      assertThat(refused.at("/error/retryAfterMs").asLong()).isPositive();
    }
  }

  private static boolean enters(String token) {
    try (SignalingClient late = SignalingClient.open(server, token)) {
      return SignalingClient.type(late.request(TestCall.joining("Late"))).equals("joined");
    }
  }

  private static void assertHears(Person listener, Person left) {
    assertThat(listener.socket().event("participantLeft").at("/message/participantId").asString())
        .isEqualTo(left.id());
  }

  private static long leaves(TestCall call) throws SQLException {
    try (Connection connection = server.database();
        PreparedStatement query = connection.prepareStatement(LEAVES)) {
      query.setString(1, call.callId());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
