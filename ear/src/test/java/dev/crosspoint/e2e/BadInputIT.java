package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.crosspoint.e2e.TestCall.Person;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people in a call may say wrongly: it is refused by its code, and nobody else notices. */
@ExtendWith(OneServer.class)
class BadInputIT {
  private static final int TOO_LONG_FOR_A_MESSAGE = 300_000;
  private static final int PART = 65_536;
  private static final int PARTS_TOO_LONG_FOR_THE_SOCKET = 100;
  private static final int BAD_MESSAGES_IN_ROW = 20;
  private static final String HEARTBEAT = "{\"id\": %s, \"message\": {\"type\": \"heartbeat\"}}";

  static Stream<Arguments> unreadable() {
    return Stream.of(
        argumentSet("nothing", "", "BAD_MESSAGE"),
        argumentSet("no JSON", "hello", "BAD_MESSAGE"),
        argumentSet("cut off", "{\"id\": 1, \"message\": {", "BAD_MESSAGE"),
        argumentSet("null", "null", "BAD_MESSAGE"),
        argumentSet("a list", "[]", "BAD_MESSAGE"),
        argumentSet("a number", "1e999999999", "BAD_MESSAGE"),
        argumentSet("trailing text", HEARTBEAT.formatted("7") + "x", "BAD_MESSAGE"),
        argumentSet("a name twice", "{\"id\": 1, \"id\": 2}", "BAD_MESSAGE"),
        argumentSet("deep nesting", "[".repeat(100_000), "BAD_MESSAGE"),
        argumentSet(
            "deep nesting inside",
            "{\"id\": 1, \"message\": " + "{\"a\":".repeat(40) + "1" + "}".repeat(41),
            "BAD_MESSAGE"),
        argumentSet("an endless number", "{\"id\": " + "9".repeat(100_000) + "}", "BAD_MESSAGE"),
        argumentSet("no id", "{\"message\": {\"type\": \"heartbeat\"}}", "BAD_MESSAGE"),
        argumentSet("id null", HEARTBEAT.formatted("null"), "BAD_MESSAGE"),
        argumentSet("id 0", HEARTBEAT.formatted("0"), "BAD_MESSAGE"),
        argumentSet("id negative", HEARTBEAT.formatted("-1"), "BAD_MESSAGE"),
        argumentSet("id a text", HEARTBEAT.formatted("\"1\""), "BAD_MESSAGE"),
        argumentSet("id too large", HEARTBEAT.formatted("9007199254740992"), "BAD_MESSAGE"),
        argumentSet("oversized", "\"" + "a".repeat(TOO_LONG_FOR_A_MESSAGE), "MESSAGE_TOO_LARGE"));
  }

  @ParameterizedTest
  @MethodSource
  void unreadable(String text, String code, RunningServer server) throws Exception {
    try (Pair pair = Pair.in(server)) {
      pair.ada.socket().say(text);
      assertThat(SignalingClient.code(pair.ada.socket().unreadable())).isEqualTo(code);
      pair.assertUnaffected();
    }
  }

  static Stream<Arguments> wrongRequests() {
    return Stream.of(
        argumentSet("null", "null", "BAD_MESSAGE"),
        argumentSet("a text", "\"heartbeat\"", "BAD_MESSAGE"),
        argumentSet("no type", "{}", "BAD_MESSAGE"),
        argumentSet("type null", "{\"type\": null}", "BAD_MESSAGE"),
        argumentSet("type a number", "{\"type\": 1}", "BAD_MESSAGE"),
        argumentSet("unknown type", "{\"type\": \"shutdown\"}", "UNKNOWN_MESSAGE"),
        argumentSet("a reply's type", "{\"type\": \"joined\"}", "UNKNOWN_MESSAGE"),
        argumentSet("a class's name", "{\"type\": \"java.lang.Runtime\"}", "UNKNOWN_MESSAGE"),
        argumentSet("more than asked", "{\"type\": \"heartbeat\", \"more\": 1}", "BAD_MESSAGE"),
        argumentSet("less than needed", "{\"type\": \"setSources\"}", "BAD_MESSAGE"),
        argumentSet(
            "a wrong type", "{\"type\": \"setSources\", \"sources\": \"all\"}", "BAD_MESSAGE"),
        argumentSet("null inside", "{\"type\": \"setSources\", \"sources\": null}", "BAD_MESSAGE"),
        argumentSet(
            "null in a list", "{\"type\": \"setSources\", \"sources\": [null]}", "BAD_MESSAGE"),
        argumentSet("too many in a list", manySources(1_000), "BAD_MESSAGE"),
        argumentSet("entered twice", TestCall.joining("Ada"), "ALREADY_JOINED"),
        argumentSet(
            "resumed while it lives",
            "{\"type\": \"resume\", \"sessionId\": \"none\", \"lastSeq\": 0}",
            "ALREADY_JOINED"));
  }

  @ParameterizedTest
  @MethodSource("wrongRequests")
  void a_wrong_request_is_refused_with_its_id(String message, String code, RunningServer server)
      throws Exception {
    try (Pair pair = Pair.in(server)) {
      assertThat(SignalingClient.code(pair.ada.socket().request(message))).isEqualTo(code);
      pair.assertUnaffected();
    }
  }

  static Stream<String> mediaMessages() {
    return Stream.of(
        "{\"type\": \"signalDescription\", \"pathId\": \"%s\","
            + " \"description\": {\"type\": \"offer\", \"sdp\": \"v=0\", \"tracks\": []}}",
        "{\"type\": \"signalCandidate\", \"pathId\": \"%s\", \"candidate\": {\"candidate\": \"\"}}",
        "{\"type\": \"pathStateChanged\", \"pathId\": \"%s\", \"state\": \"FAILED\"}",
        "{\"type\": \"getRouterRtpCapabilities\", \"pathId\": \"%s\"}",
        "{\"type\": \"createWebRtcTransport\", \"pathId\": \"%s\", \"direction\": \"SEND\"}",
        "{\"type\": \"restartIce\", \"pathId\": \"%s\", \"transportId\": \"none\"}",
        "{\"type\": \"closeProducer\", \"pathId\": \"%s\", \"producerId\": \"none\"}",
        "{\"type\": \"requestKeyFrame\", \"pathId\": \"%s\", \"consumerId\": \"none\"}");
  }

  @ParameterizedTest
  @MethodSource("mediaMessages")
  void a_media_message_needs_the_epoch_of_the_call_and_a_path_of_its_sender(
      String message, RunningServer server) throws Exception {
    String elsewhere = message.formatted("direct-1");
    try (Pair pair = Pair.in(server)) {
      SignalingClient ada = pair.ada.socket();
      long epoch = pair.ada.epoch();
      assertThat(SignalingClient.code(ada.request(elsewhere))).isEqualTo("BAD_MESSAGE");
      assertThat(SignalingClient.code(ada.request(elsewhere, epoch - 1))).isEqualTo("STALE_EPOCH");
      assertThat(SignalingClient.code(ada.request(elsewhere, epoch + 1))).isEqualTo("STALE_EPOCH");
      assertThat(SignalingClient.code(ada.request(elsewhere, epoch))).isEqualTo("PATH_NOT_FOUND");
      pair.assertUnaffected();
    }
  }

  @ParameterizedTest
  @MethodSource("mediaMessages")
  void a_path_of_other_people_cannot_be_used(String message, RunningServer server)
      throws Exception {
    try (Pair pair = Pair.in(server);
        Person eve = TestCall.create(server).join("Eve")) {
      String path = pair.ada.offeredPath("DIRECT");
      JsonNode refused = eve.media(message.formatted(path));
      assertThat(SignalingClient.code(refused)).isEqualTo("PATH_NOT_FOUND");
      pair.assertUnaffected();
    }
  }

  @Test
  void only_the_offerer_of_a_path_makes_offers(RunningServer server) throws Exception {
    try (Pair pair = Pair.in(server)) {
      String path = pair.ada.offeredPath("DIRECT");
      String offer = mediaMessages().findFirst().orElseThrow().formatted(path);
      Stream<String> codes =
          Stream.of(pair.ada, pair.ben).map(one -> SignalingClient.code(one.media(offer)));
      assertThat(codes).containsExactlyInAnyOrder("", "BAD_MESSAGE");
      pair.assertUnaffected();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t0", "t1", "t99999999999999999999", "-1", "none"})
  void reports_on_a_transition_that_does_not_run_change_nothing(
      String transition, RunningServer server) throws Exception {
    try (Pair pair = Pair.in(server)) {
      for (String report :
          new String[] {
            "{\"type\": \"transitionReady\", \"transitionId\": \"%s\", \"tracks\": []}",
            "{\"type\": \"transitionSwitched\", \"transitionId\": \"%s\", \"gaps\": []}"
          }) {
        assertThat(SignalingClient.type(pair.ada.media(report.formatted(transition))))
            .isEqualTo("done");
      }
      assertThat(pair.ben.socket().heartbeat()).isEqualTo("done");
      assertThat(pair.ben.socket().otherEvents())
          .doesNotContain("pathsCommitted", "transitionChanged");
      assertThat(pair.ben.socket().releasedDirectPaths()).isEmpty();
      pair.assertUnaffected();
    }
  }

  @Test
  void nothing_is_done_before_the_call_is_entered(RunningServer server) throws Exception {
    try (SignalingClient nobody =
        SignalingClient.open(server, TestCall.create(server).token("Ada"))) {
      for (String message :
          new String[] {
            "{\"type\": \"leave\"}",
            "{\"type\": \"retryTransition\"}",
            "{\"type\": \"setSources\", \"sources\": []}"
          }) {
        assertThat(SignalingClient.code(nobody.request(message))).isEqualTo("NOT_JOINED");
      }
      assertThat(nobody.heartbeat()).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\\u0000b", "a\\nb", "\\ud800", "\\udc00a"})
  void a_name_that_cannot_be_shown_is_refused(String name, RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (Person ben = call.join("Ben");
        SignalingClient ada = SignalingClient.open(server, call.token("Ada"))) {
      JsonNode refused = ada.request(TestCall.joining(name));
      assertThat(SignalingClient.code(refused)).isEqualTo("BAD_MESSAGE");
      assertThat(ben.socket().heartbeat()).isEqualTo("done");
      assertThat(ben.socket().otherEvents()).doesNotContain("participantJoined");
      assertThat(SignalingClient.type(ada.request(TestCall.joining("Ada")))).isEqualTo("joined");
    }
  }

  @Test
  void a_client_that_says_only_nonsense_loses_its_socket_but_not_its_session(RunningServer server)
      throws Exception {
    try (Pair pair = Pair.in(server)) {
      for (int i = 0; i < BAD_MESSAGES_IN_ROW; i++) {
        pair.ada.socket().say("nonsense");
      }
      assertThat(pair.ada.socket().closeCode()).isEqualTo(1008);
      pair.assertResumable();
    }
  }

  @Test
  void a_message_far_too_large_ends_the_socket_but_not_the_session(RunningServer server)
      throws Exception {
    try (Pair pair = Pair.in(server)) {
      int closeCode = pair.ada.socket().flood("a".repeat(PART), PARTS_TOO_LONG_FOR_THE_SOCKET);
      assertThat(closeCode).isIn(1009, 1006);
      pair.assertResumable();
    }
  }

  @Test
  void binary_messages_are_not_understood_and_harm_nobody(RunningServer server) throws Exception {
    try (Pair pair = Pair.in(server)) {
      pair.ada.socket().say(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      pair.assertResumable();
    }
  }

  private static String manySources(int count) {
    String source =
        "{\"sourceId\": \"s\", \"kind\": \"audio\", \"role\": \"MICROPHONE\", \"muted\": true}";
    return "{\"type\": \"setSources\", \"sources\": [%s]}"
        .formatted(String.join(",", Stream.generate(() -> source).limit(count).toList()));
  }

  /** Two people in a call, the first of whom does wrong. */
  private record Pair(RunningServer server, Person ada, Person ben) implements AutoCloseable {
    static Pair in(RunningServer server) throws Exception {
      TestCall call = TestCall.create(server);
      return new Pair(server, call.join("Ada"), call.join("Ben"));
    }

    /** The socket still works, and the other one saw nothing of it. */
    void assertUnaffected() {
      assertThat(ada.socket().heartbeat()).isEqualTo("done");
      assertOtherUnaffected();
    }

    /** The session goes on with a new socket, and the other one saw nothing of it. */
    void assertResumable() {
      try (SignalingClient again = SignalingClient.open(server, ada.token())) {
        JsonNode resumed =
            again.request(
                "{\"type\": \"resume\", \"sessionId\": \"%s\", \"lastSeq\": 0}"
                    .formatted(ada.session()));
        assertThat(SignalingClient.type(resumed)).isEqualTo("resumed");
        assertThat(again.heartbeat()).isEqualTo("done");
      }
      assertOtherUnaffected();
    }

    /** Paths that were to be made ready are released after a while: these clients make none. */
    private void assertOtherUnaffected() {
      assertThat(ben.socket().heartbeat()).isEqualTo("done");
      assertThat(ben.socket().otherEvents())
          .doesNotContain("participantLeft", "transitionChanged", "callEnded");
      assertThat(ben.socket().releasedDirectPaths()).isEmpty();
    }

    @Override
    public void close() {
      ada.close();
      ben.close();
    }
  }
}
