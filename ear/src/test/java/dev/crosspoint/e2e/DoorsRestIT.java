package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.RestClient.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OneServer.class)
class DoorsRestIT {
  /** Everything that needs a token, for a call. */
  enum Door {
    CREATE {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.post("calls", "{\"name\": \"Test\"}");
      }
    },
    READ {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.get("calls/" + callId);
      }
    },
    TOKEN {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.post("calls/" + callId + "/tokens", "");
      }
    },
    TRANSITIONS {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.get("calls/" + callId + "/transitions");
      }
    },
    ALL_TRANSITIONS {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.get("admin/transitions");
      }
    },
    STORY {
      @Override
      Answer knock(RestClient client, String callId) throws IOException, InterruptedException {
        return client.get("admin/transitions/" + callId + "/t1");
      }
    };

    abstract Answer knock(RestClient client, String callId)
        throws IOException, InterruptedException;
  }

  @Test
  void a_guest_creates_a_call_reads_it_and_gets_a_token_for_it(RunningServer server)
      throws Exception {
    RestClient nobody = RestClient.of(server);
    Answer session = nobody.post("guest-sessions", "{\"displayName\": \" Ada \"}");
    assertThat(session.status()).isEqualTo(201);
    assertThat(session.value("expiresAt")).isNotEmpty();
    RestClient ada = nobody.as(session.value("token"));

    Answer created = ada.post("calls", "{\"name\": \"Weekly\"}");
    assertThat(created.status()).isEqualTo(201);
    String callId = created.value("callId");
    assertThat(created.header("Location")).endsWith("/api/v1/calls/" + callId);

    Answer read = ada.get("calls/" + callId);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).isEqualTo(created.json());
    assertThat(read.value("name")).isEqualTo("Weekly");
    assertThat(read.value("mode")).isEqualTo("DIRECT");

    Answer token = ada.post("calls/" + callId + "/tokens", "");
    assertThat(token.status()).isEqualTo(201);
    assertThat(nobody.as(token.value("token")).get("calls/" + callId).status()).isEqualTo(200);

    Answer transitions = ada.get("calls/" + callId + "/transitions");
    assertThat(transitions.status()).isEqualTo(200);
    assertThat(transitions.json().isArray()).isTrue();
  }

  @Test
  void every_path_is_described(RunningServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.http().resolve("/openapi")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .contains(
              "/api/v1/guest-sessions:",
              "/api/v1/calls:",
              "/api/v1/calls/{callId}:",
              "/api/v1/calls/{callId}/tokens:",
              "/api/v1/calls/{callId}/transitions:",
              "/api/v1/admin/bans:",
              "/api/v1/admin/load:",
              "/api/v1/admin/sfu-flag:",
              "/api/v1/admin/transitions:",
              "/api/v1/admin/transitions/{callId}/{transitionId}:");
    }
  }

  @Test
  void every_answer_has_a_schema_that_is_there(RunningServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.http().resolve("/openapi?format=JSON")).build();
      String text = client.send(request, BodyHandlers.ofString()).body();
      JsonNode schemas = new JsonMapper().readTree(text).path("components").path("schemas");
      Set<String> named =
          Pattern.compile("#/components/schemas/(\\w+)")
              .matcher(text)
              .results()
              .map(match -> match.group(1))
              .collect(Collectors.toSet());
      assertThat(named)
          .contains("CallView", "IssuedToken", "Problem", "TransitionPage", "TransitionStory")
          .isSubsetOf(schemas.propertyNames());
      for (JsonNode path : new JsonMapper().readTree(text).path("paths")) {
        for (JsonNode operation : path) {
          assertThat(operation.path("responses").has("401")).isEqualTo(operation.has("security"));
        }
      }
      assertThat(schemas.path("TransitionSummary").path("properties").propertyNames())
          .contains("callName", "commitMs", "worstGapMs", "troubled");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL_TRANSITIONS", "STORY"})
  void what_is_for_administrators_is_for_nobody_else(Door door, RunningServer server)
      throws Exception {
    TestCall call = TestCall.create(server);
    String guest = TestCall.guest(server, "Ada");
    RestClient client = RestClient.of(server);
    assertRefused(door.knock(client.as(guest), call.callId()), 403, "FORBIDDEN");
    String user = BadToken.regrouped(guest, "user", server);
    assertRefused(door.knock(client.as(user), call.callId()), 403, "FORBIDDEN");
    String administratorInCall = BadToken.regrouped(call.token("Ada"), "admin", server);
    assertRefused(door.knock(client.as(administratorInCall), call.callId()), 403, "FORBIDDEN");
    String administrator = BadToken.regrouped(guest, "admin", server);
    assertThat(door.knock(client.as(administrator), call.callId()).status()).isIn(200, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "result=GOOD",
        "reason=rain",
        "callId=%00",
        "callId='--",
        "since=yesterday",
        "since=2026-02-30T00:00:00Z",
        "after=x",
        "limit=0",
        "limit=201",
        "limit=many"
      })
  void a_question_that_makes_no_sense_is_refused(String query, RunningServer server)
      throws Exception {
    String administrator = TestCall.administrator(server);
    assertRefused(
        RestClient.of(server).as(administrator).get("admin/transitions?" + query),
        400,
        "BAD_MESSAGE");
  }

  @Test
  void a_story_that_does_not_exist_is_not_found(RunningServer server) throws Exception {
    RestClient administrator = RestClient.of(server).as(TestCall.administrator(server));
    String callId = TestCall.create(server).callId();
    assertRefused(administrator.get("admin/transitions/" + callId + "/t1"), 404, "CALL_NOT_FOUND");
    assertRefused(administrator.get("admin/transitions/none/t1"), 404, "CALL_NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void no_door_opens_without_a_token(Door door, RunningServer server) throws Exception {
    String callId = TestCall.create(server).callId();
    Answer answer = door.knock(RestClient.of(server), callId);
    assertRefused(answer, 401, "UNAUTHORIZED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"crosspoint\"");
    assertRefused(
        door.knock(RestClient.of(server).authorized("Basic YTpi"), callId), 401, "UNAUTHORIZED");
  }

  @ParameterizedTest
  @EnumSource
  void no_door_opens_with_a_bad_token(BadToken bad, RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    String good = call.token("Ada");
    RestClient forger = RestClient.of(server).as(bad.like(good, server));
    for (Door door : Door.values()) {
      Answer answer = door.knock(forger, call.callId());
      assertRefused(answer, 401, "UNAUTHORIZED");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"crosspoint\"");
    }
  }

  @Test
  void only_the_flaw_of_a_bad_token_closes_the_door(RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    String resigned = BadToken.resigned(call.token("Ada"), server);
    assertThat(Door.READ.knock(RestClient.of(server).as(resigned), call.callId()).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void the_token_of_a_call_opens_no_other(Door door, RunningServer server) throws Exception {
    String token = TestCall.create(server).token("Ada");
    String other = TestCall.create(server).callId();
    assertRefused(door.knock(RestClient.of(server).as(token), other), 403, "FORBIDDEN");
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "TOKEN", "TRANSITIONS"})
  void a_call_that_does_not_exist_is_not_found(Door door, RunningServer server) throws Exception {
    RestClient guest = RestClient.of(server).as(TestCall.guest(server, "Ada"));
    for (String callId : new String[] {"none", "x".repeat(2_000), "%00", "%F0%9F%98%80", "'--"}) {
      Answer answer = door.knock(guest, callId);
      assertThat(answer.status()).as(callId).isIn(400, 404);
    }
    assertRefused(door.knock(guest, "none"), 404, "CALL_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "\"Ada\"",
        "{\"name\": null}",
        "{\"name\": \"\"}",
        "{\"name\": \"  \"}",
        "{\"name\": {\"a\": 1}}",
        "{\"name\": [\"a\"]}",
        "{\"name\": \"a\\u0000b\"}",
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"name\": \"a\", \"more\": 1}",
        "{\"name\": \"a\"} {}",
        "{\"name\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}",
        "\uFEFF\uFFFF"
      })
  void a_body_that_cannot_be_read_is_refused(String body, RunningServer server) throws Exception {
    RestClient guest = RestClient.of(server).as(TestCall.guest(server, "Ada"));
    assertRefused(guest.post("calls", body), 400, "BAD_MESSAGE");
    assertRefused(guest.post("guest-sessions", body), 400, "BAD_MESSAGE");
  }

  @Test
  void a_body_that_is_too_long_is_refused(RunningServer server) throws Exception {
    RestClient guest = RestClient.of(server).as(TestCall.guest(server, "Ada"));
    String named = "{\"name\": \"%s\"}";
    assertRefused(guest.post("calls", named.formatted("a".repeat(121))), 400, "BAD_MESSAGE");
    assertRefused(
        guest.post("calls", named.formatted("a".repeat(100_000))), 413, "MESSAGE_TOO_LARGE");
  }

  @ParameterizedTest
  @CsvSource({"text/plain, 415", "application/xml, 415"})
  void a_body_of_another_type_is_refused(String type, int status, RunningServer server)
      throws Exception {
    RestClient guest = RestClient.of(server).as(TestCall.guest(server, "Ada"));
    assertThat(guest.post("calls", type, "{\"name\": \"Test\"}").status()).isEqualTo(status);
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.value("code")).isEqualTo(code);
    assertThat(answer.value("message")).isNotEmpty();
  }
}
