package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A server whose heap fills up goes up its ladder rung by rung, and down again when it has room.
 * The thresholds are above what browsers with cameras turned off need of the processors, so that
 * memory is what counts.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PressureIT {
  private static final int REDUCE = 72;
  private static final int LIMIT = 82;
  private static final int QUEUE = 91;
  private static final int RETURN = 70;

  /** Browsers that start are no reason for a rung then. */
  private static final int CALM = 50;

  private static final int LITTLE_ROOM = 76;
  private static final int VERY_LITTLE_ROOM = 86;
  private static final int HARDLY_ANY_ROOM = 95;

  private static final Map<String, String> SETTINGS =
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

  private static final Pattern RUNG =
      Pattern.compile("XPC20080.*load: (\\w+); newcomers are let in: (\\w+)");

  private static RunningServer server;
  private static HeapBallast ballast;
  private static RestClient administrator;
  private static String administratorsToken;

  @BeforeAll
  static void start(@TempDir Path agents) throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    server = RunningServer.startBeside("pressure", SETTINGS);
    ballast = HeapBallast.of(server, agents);
    administratorsToken = BadToken.regrouped(TestCall.guest(server, "Root"), "admin", server);
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

  @Test
  void people_in_a_group_call_and_operators_see_it_while_it_happens() throws Exception {
    try (Browsers browsers = new Browsers()) {
      Page operator = operator(browsers);
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      annSharesInTheGroup(ann, bob, cid);

      picturesAreReduced(ann, operator);
      annsScreenIsStopped(ann, bob, operator);
      newcomersWaitAndEverythingReturns(operator);

      for (Person person : List.of(ann, bob, cid)) {
        assertThat(person.page().locator(".status-text")).isEmpty();
      }
      bob.press("Share screen");
      ann.awaitSeesScreenOf(bob);
      assertThat(operator.evaluate("window.opened")).isEqualTo("before");
      assertThat(browsers.complaints()).isEmpty();
    } finally {
      administrator.put("admin/sfu-flag", "{\"flag\": \"ON\"}");
    }
  }

  /** A page that knows when it was opened, as long as nobody loads it again. */
  private static Page operator(Browsers browsers) {
    Page page = browsers.observedPerson(BrowserKind.CHROMIUM, "operator");
    page.navigate(
        server.http().resolve("admin?view=group-calls#token=" + administratorsToken).toString());
    assertThat(page.locator(".load-sentence")).hasText("Nothing is given up.");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("On, ");
    page.evaluate("window.opened = 'before'");
    return page;
  }

  private static void annSharesInTheGroup(Person ann, Person bob, Person cid) throws Exception {
    String link = ann.startCall(server.http(), "Pressure");
    ann.press("Turn camera off");
    for (Person other : List.of(bob, cid)) {
      other.join(link);
      other.press("Turn camera off");
    }
    List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));
    awaitRung("NONE", true);
    ann.press("Share screen");
    bob.awaitSeesScreenOf(ann);
    cid.awaitSeesScreenOf(ann);
  }

  private static void picturesAreReduced(Person ann, Page operator) throws Exception {
    ballast.fillTo(LITTLE_ROOM);
    ann.awaitTold("The server is busy: pictures are less sharp for now.");
    assertTold(operator, "Cameras smaller; newcomers are let in");
  }

  private static void annsScreenIsStopped(Person ann, Person bob, Page operator) throws Exception {
    ballast.fillTo(VERY_LITTLE_ROOM);
    ann.awaitTold("Your screen is shown less sharp, and will not be shared any longer if");
    bob.page().keyboard().press("s");
    bob.awaitTold("Screens cannot be shared at the moment, because the server is very busy.");
    bob.awaitSeesScreenOf(ann);

    ann.awaitTold("Your screen is not shared any longer, because the server is very busy.");
    assertThat(bob.page().locator(".tile[data-screen]")).hasCount(0);
    assertTold(operator, "No screens; newcomers are let in");
  }

  private static void newcomersWaitAndEverythingReturns(Page operator) throws Exception {
    administrator.put("admin/sfu-flag", "{\"flag\": \"DRAIN\"}");
    ballast.fillTo(HARDLY_ANY_ROOM);
    awaitRung("SCREENS_STOPPED", false);
    try (TestCall.Person late = TestCall.create(server).joinSilent("Late")) {
      assertTold(operator, "No screens; newcomers wait");
      assertThat(operator.locator(".load")).containsText("1 person waits to be let in");
      assertThat(operator.getByRole(AriaRole.STATUS)).containsText("Drain, changed ");

      ballast.letGo();
      assertLetIn(late);
      assertThat(operator.locator(".load")).containsText("Nobody waits to be let in");
      assertThat(operator.locator(".load-sentence")).hasText("Nothing is given up.");
    }
  }

  /** The page says what is given up, and that memory is a reason. */
  private static void assertTold(Page operator, String what) {
    assertThat(operator.locator(".load-sentence"))
        .hasText(Pattern.compile(what + "; short of: .*memory\\."));
  }

  private static void assertLetIn(TestCall.Person newcomer) {
    assertThat(
            newcomer
                .socket()
                .event("participantUpdated")
                .at("/message/participant/status")
                .asString())
        .isEqualTo("ADMITTED");
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

  private static void awaitRung(String limit, boolean newcomersLetIn) throws Exception {
    Eventually.await(
        limit + (newcomersLetIn ? "" : ", newcomers wait"),
        () -> {
          JsonNode load = load();
          return load.path("limit").asString().equals(limit)
              && load.path("newcomersLetIn").asBoolean() == newcomersLetIn;
        });
  }

  private static JsonNode load() throws IOException, InterruptedException {
    return administrator.get("admin/load").json();
  }

  /** What the server's log says of its rungs so far, and whether newcomers were let in. */
  private static List<String> rungs() throws IOException {
    return RUNG.matcher(Files.readString(server.log()))
        .results()
        .map((MatchResult rung) -> rung.group(1) + " " + rung.group(2))
        .toList();
  }
}
