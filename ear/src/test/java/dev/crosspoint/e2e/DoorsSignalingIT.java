package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(OneServer.class)
class DoorsSignalingIT {
  private static final int MANY = 40;

  @Test
  void a_handshake_needs_the_protocol_and_a_token_of_a_call(RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    String bearer = "bearer." + call.token("Ada");
    assertThat(SignalingClient.refusal(server, SignalingClient.PROTOCOL)).isEqualTo(401);
    assertThat(SignalingClient.refusal(server, bearer)).isEqualTo(400);
    assertThat(SignalingClient.refusal(server, "crosspoint.v0", bearer)).isEqualTo(400);
    String guest = "bearer." + TestCall.guest(server, "Ada");
    assertThat(SignalingClient.refusal(server, SignalingClient.PROTOCOL, guest)).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  void a_bad_token_of_somebody_in_the_call_opens_nothing_and_expels_nobody(
      BadToken bad, RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ada = call.join("Ada");
        Person ben = call.join("Ben")) {
      String forged = "bearer." + bad.like(ada.token(), server);
      assertThat(SignalingClient.refusal(server, SignalingClient.PROTOCOL, forged)).isEqualTo(401);
      assertThat(ada.socket().heartbeat()).isEqualTo("done");
      assertThat(ben.socket().heartbeat()).isEqualTo("done");
      assertThat(ben.socket().otherEvents()).doesNotContain("participantLeft");
    }
  }

  @Test
  void a_token_of_another_call_leads_only_there(RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    TestCall other = TestCall.create(server);
    try (Person ada = call.join("Ada");
        SignalingClient eve = SignalingClient.open(server, other.token("Eve"))) {
      JsonNode resumed = eve.request(resuming(ada.session(), 0));
      assertThat(SignalingClient.code(resumed)).isEqualTo("SESSION_EXPIRED");
      JsonNode joined = eve.request(TestCall.joining("Eve"));
      assertThat(joined.at("/message/callId").asString()).isEqualTo(other.callId());
      assertThat(joined.at("/message/participants")).hasSize(1);
      assertThat(ada.socket().heartbeat()).isEqualTo("done");
      assertThat(ada.socket().otherEvents()).doesNotContain("participantJoined", "callEnded");
    }
  }

  @Test
  void a_token_for_a_call_that_does_not_exist_any_more_enters_nothing(RunningServer server)
      throws Exception {
    TestCall call = TestCall.create(server);
    String token = call.token("Ada");
    try (var database = server.database();
        var deletion = database.prepareStatement("DELETE FROM call WHERE id = ?")) {
      deletion.setString(1, call.callId());
      assertThat(deletion.executeUpdate()).isOne();
    }
    try (SignalingClient ada = SignalingClient.open(server, token)) {
      JsonNode refused = ada.request(TestCall.joining("Ada"));
      assertThat(SignalingClient.code(refused)).isEqualTo("CALL_NOT_FOUND");
      assertThat(ada.heartbeat()).isEqualTo("done");
    }
  }

  @Test
  void handshakes_at_the_same_time_never_take_each_others_callers(RunningServer server)
      throws Exception {
    Map<TestCall, String> tokens = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      TestCall call = TestCall.create(server);
      tokens.put(call, call.token("Ada"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<TestCall, CompletableFuture<String>> entered = new LinkedHashMap<>();
      tokens.forEach((call, token) ->
          entered.put(
              call, CompletableFuture.supplyAsync(() -> callEnteredWith(server, token), threads)));
      entered.forEach((call, callId) -> assertThat(callId.join()).isEqualTo(call.callId()));
    }
  }

  private static String callEnteredWith(RunningServer server, String token) {
    try (SignalingClient socket = SignalingClient.open(server, token)) {
      return socket.request(TestCall.joining("Ada")).at("/message/callId").asString();
    }
  }

  @Test
  void a_session_outlives_its_socket_and_gets_what_it_missed(RunningServer server)
      throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ada = call.join("Ada");
        Person ben = call.join("Ben")) {
      long last = ada.socket().event("participantJoined").path("seq").asLong();
      ada.socket().cut();
      ben.socket().request("{\"type\": \"setSources\", \"sources\": []}");
      try (SignalingClient again = SignalingClient.open(server, ada.token())) {
        JsonNode resumed = again.request(resuming(ada.session(), last));
        assertThat(SignalingClient.type(resumed)).isEqualTo("resumed");
        JsonNode missed = again.event("participantUpdated");
        while (!missed.at("/message/participant/sources").isEmpty()) {
          missed = again.event("participantUpdated");
        }
        assertThat(missed.at("/message/participant/participantId").asString()).isEqualTo(ben.id());
        assertThat(missed.path("seq").asLong()).isGreaterThan(last);
        assertThat(again.heartbeat()).isEqualTo("done");
      }
      assertThat(ben.socket().otherEvents()).doesNotContain("participantLeft");
    }
  }

  @Test
  void a_newer_socket_takes_the_session_up_from_an_older_one(RunningServer server)
      throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ada = call.join("Ada");
        SignalingClient again = SignalingClient.open(server, ada.token())) {
      assertThat(SignalingClient.type(again.request(resuming(ada.session(), 0))))
          .isEqualTo("resumed");
      assertThat(ada.socket().closeCode()).isEqualTo(4001);
      assertThat(again.heartbeat()).isEqualTo("done");
    }
  }

  @Test
  void a_session_is_taken_up_only_by_whom_it_belongs_to(RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ada = call.join("Ada");
        SignalingClient eve = SignalingClient.open(server, call.token("Eve"))) {
      for (String session : new String[] {ada.session(), "none"}) {
        JsonNode refused = eve.request(resuming(session, 0));
        assertThat(SignalingClient.code(refused)).isEqualTo("SESSION_EXPIRED");
      }
      assertThat(ada.socket().heartbeat()).isEqualTo("done");
    }
  }

  private static String resuming(String session, long lastSeq) {
    return "{\"type\": \"resume\", \"sessionId\": \"%s\", \"lastSeq\": %d}"
        .formatted(session, lastSeq);
  }
}
