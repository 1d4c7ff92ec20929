package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server whose heap a test fills up. The thresholds are above what the processors need while
 * nothing else goes on, so that memory is what counts.
 */
abstract class PressuredServer {
  static final int REDUCE = 72;
  static final int LIMIT = 82;
  static final int QUEUE = 91;
  static final int RETURN = 70;

  /** Browsers that start are no reason for a rung then. */
  static final int CALM = 50;

  static final int LITTLE_ROOM = 76;
  static final int VERY_LITTLE_ROOM = 86;
  static final int HARDLY_ANY_ROOM = 95;

  static final Map<String, String> SETTINGS =
      Map.of(
          "JVM_ARGS",
          "-Xmx2g " + HeapBallast.ALLOWED,
          "CROSSPOINT_LOAD_REDUCE_VIDEO",
          String.valueOf(REDUCE),
          "CROSSPOINT_LOAD_LIMIT_SCREENS",
          String.valueOf(LIMIT),
          "CROSSPOINT_LOAD_QUEUE",
          String.valueOf(QUEUE),
          "CROSSPOINT_LOAD_READMIT",
          String.valueOf(RETURN),
          "CROSSPOINT_LOAD_RESTORE",
          String.valueOf(RETURN),
          "CROSSPOINT_LOAD_DWELL",
          "PT1S",
          "CROSSPOINT_LOAD_SCREEN_GRACE",
          "PT8S",
          "CROSSPOINT_LOAD_CALM",
          "PT2S",
          "CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES",
          "127.0.0.1");

  static RunningServer server;
  static HeapBallast ballast;
  static RestClient administrator;
  static String administratorsToken;

  @BeforeAll
  static void start(@TempDir Path agents) throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    server = RunningServer.startBeside("pressure", SETTINGS);
    ballast = HeapBallast.of(server, agents);
    administratorsToken = TestCall.administrator(server);
    administrator = RestClient.of(server).as(administratorsToken);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void nothingIsGivenUp() throws Exception {
    ballast.letGo();
    awaitRung("NONE", true);
    Eventually.await("processors that have time", () -> load().path("cpu").asDouble() < CALM);
  }

  static void assertLetIn(TestCall.Person newcomer) {
    assertThat(
            newcomer
                .socket()
                .event("participantUpdated")
                .at("/message/participant/status")
                .asString())
        .isEqualTo("ADMITTED");
  }

  static void awaitRung(String limit, boolean newcomersLetIn) throws Exception {
    Eventually.await(
        limit + (newcomersLetIn ? "" : ", newcomers wait"),
        () -> {
          JsonNode load = load();
          return load.path("limit").asString().equals(limit)
              && load.path("newcomersLetIn").asBoolean() == newcomersLetIn;
        });
  }

  static JsonNode load() throws IOException, InterruptedException {
    return administrator.get("admin/load").json();
  }
}
