package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * A server whose heap fills up goes up its ladder rung by rung, and down again when it has room.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PressureIT extends PressuredServer {
  private static final Pattern RUNG =
      Pattern.compile("XPC20080.*load: (\\w+); newcomers are let in: (\\w+)");

  @Test
  void each_rung_is_taken_once_and_given_back_once() throws Exception {
    int earlier = rungs().size();

    ballast.fillTo(LITTLE_ROOM);
    awaitRung("VIDEO_REDUCED", true);
    assertMemoryIsAbove(REDUCE);

    ballast.fillTo(VERY_LITTLE_ROOM);
    awaitRung("SCREENS_LOW", true);
    awaitRung("SCREENS_STOPPED", true);
    assertMemoryIsAbove(LIMIT);
    try (TestCall.Person early = TestCall.create(server).joinSilent("Early")) {
      assertThat(early.joined().path("status").asString()).isEqualTo("ADMITTED");
    }

    ballast.fillTo(HARDLY_ANY_ROOM);
    awaitRung("SCREENS_STOPPED", false);
    assertMemoryIsAbove(QUEUE);
    try (TestCall.Person late = TestCall.create(server).joinSilent("Late")) {
      assertThat(late.joined().path("status").asString()).isEqualTo("QUEUED");
      assertThat(late.socket().event("queued").at("/message/reason").asString())
          .isEqualTo("OVERLOADED");

      ballast.letGo();
      assertLetIn(late);
      awaitRung("NONE", true);
      assertThat(late.socket().event("qualityLimited").at("/message/limit").asString())
          .isEqualTo("SCREENS_STOPPED");
      awaitToldOfNothingGivenUp(late);
    }
    assertThat(load().path("causes")).isEmpty();
    assertThat(rungs().subList(earlier, rungs().size()))
        .containsExactly(
            "VIDEO_REDUCED true",
            "SCREENS_LOW true",
            "SCREENS_STOPPED true",
            "SCREENS_STOPPED false",
            "SCREENS_LOW true",
            "VIDEO_REDUCED true",
            "NONE true");
  }

  private static void awaitToldOfNothingGivenUp(TestCall.Person person) {
    String limit = "";
    while (!limit.equals("NONE")) {
      limit = person.socket().event("qualityLimited").at("/message/limit").asString();
    }
  }

  private static void assertMemoryIsAbove(int percent) throws Exception {
    JsonNode load = load();
    assertThat(load.path("memory").asDouble()).isGreaterThan(percent);
    assertThat(load.path("causes").valueStream().map(JsonNode::asString)).contains("MEMORY");
  }

  /** What the server's log says of its rungs so far, and whether newcomers were let in. */
  private static List<String> rungs() throws IOException {
    return RUNG.matcher(Files.readString(server.log()))
        .results()
        .map((MatchResult rung) -> rung.group(1) + " " + rung.group(2))
        .toList();
  }
}
