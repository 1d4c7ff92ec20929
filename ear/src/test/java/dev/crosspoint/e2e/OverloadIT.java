package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.crosspoint.e2e.TestCall.Person;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * A server for which the least load is too much, so that it is at the end of its ladder soon after
 * its start. That and how it comes back is shown on virtual time, by LoadLadderTest and
 * OverloadedCallsTest.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class OverloadIT {
  private static final Path PICTURES = Path.of(System.getProperty("crosspoint.e2e.output"));
  private static final String LOAD = "admin/load";

  private static RunningServer server;
  private static RestClient administrator;
  private static String administratorsToken;

  private final List<Person> people = new ArrayList<>();

  @BeforeAll
  static void startAndWaitForTheEndOfTheLadder() throws Exception {
    server =
        RunningServer.startBeside(
            "overload",
            Map.of(
                "CROSSPOINT_LOAD_REDUCE_VIDEO", "0",
                "CROSSPOINT_LOAD_LIMIT_SCREENS", "0",
                "CROSSPOINT_LOAD_QUEUE", "0",
                "CROSSPOINT_LOAD_READMIT", "0",
                "CROSSPOINT_LOAD_RESTORE", "0",
                "CROSSPOINT_LOAD_DWELL", "PT0S",
                "CROSSPOINT_LOAD_SCREEN_GRACE", "PT1S"));
    administratorsToken = TestCall.administrator(server);
    administrator = RestClient.of(server).as(administratorsToken);
    Eventually.await(
        "the end of the ladder",
        () -> "SCREENS_STOPPED".equals(administrator.get(LOAD).value("limit")));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void everybodyGoes() throws Exception {
    people.forEach(Person::leave);
    people.forEach(Person::close);
    Eventually.await("an empty line", () -> server.metric("crosspoint_newcomers_waiting") == 0);
  }

  @Test
  void newcomers_to_any_call_wait_in_one_line_and_are_told_where_and_why() throws Exception {
    Person ann = join(TestCall.create(server), "Ann");
    Person bob = join(TestCall.create(server), "Bob");

    assertThat(ann.joined().path("status").asString()).isEqualTo("QUEUED");
    assertWaits(ann, 1);
    assertWaits(bob, 2);
    assertThat(ann.socket().event("qualityLimited").at("/message/limit").asString())
        .isEqualTo("SCREENS_STOPPED");
    assertThat(server.metric("crosspoint_newcomers_waiting")).isEqualTo(2);

    people.removeFirst().leave();
    ann.close();

    assertWaits(bob, 1);
  }

  @Test
  void operators_read_the_load_what_is_given_up_and_why() throws Exception {
    join(TestCall.create(server), "Ann");

    RestClient.Answer load = administrator.get(LOAD);

    assertThat(load.value("newcomersLetIn")).isEqualTo("false");
    assertThat(load.value("newcomersWaiting")).isEqualTo("1");
    assertThat(server.metric("crosspoint_newcomers_let_in")).isZero();
    assertThat(server.metric("crosspoint_quality_limit{limit=\"screens_stopped\"")).isEqualTo(1);
    assertThat(server.metrics("crosspoint_load_percent").values())
        .hasSize(3)
        .anySatisfy(percent -> assertThat(percent).isPositive());
    assertThat(TwoServers.said(server, "XPC20080")).isPositive();
    assertThat(RestClient.of(server).get(LOAD).status()).isEqualTo(401);
    assertThat(RestClient.of(server).as(TestCall.guest(server, "Guest")).get(LOAD).status())
        .isEqualTo(403);
  }

  @Test
  void people_and_operators_see_it_on_their_pages() throws Exception {
    try (Browsers browsers = new Browsers()) {
      dev.crosspoint.e2e.Person ada =
          new dev.crosspoint.e2e.Person(browsers, BrowserKind.CHROMIUM, "Ada", 1);
      ada.startCall(server.http(), "Busy");
      assertThat(ada.page().locator(".queue"))
          .hasText(
              "You are next. The server is very busy: group calls are temporarily limited, please"
                  + " try again shortly. If you wait here, you will be let in automatically.");
      photograph(ada.page(), "call-overload");

      Page operator = browsers.person(BrowserKind.CHROMIUM, "operator");
      operator.navigate(
          server.http().resolve("admin?view=group-calls#token=" + administratorsToken).toString());
      assertThat(operator.locator(".load-sentence"))
          .containsText("No screens; newcomers wait; short of: ");
      assertThat(operator.locator(".load")).containsText("1 person waits to be let in");
      photograph(operator, "admin-overload");
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static void photograph(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  private Person join(TestCall call, String name) throws Exception {
    Person person = call.joinSilent(name);
    people.add(person);
    return person;
  }

  private static void assertWaits(Person person, int position) {
    JsonNode queued = person.socket().event("queued").path("message");
    assertThat(queued.path("position").asInt()).isEqualTo(position);
    assertThat(queued.path("reason").asString()).isEqualTo("OVERLOADED");
  }
}
