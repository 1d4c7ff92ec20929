package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * People in a group call on a server whose heap fills up, and its operator, see on their pages what
 * is given up. Part of {@code ./mvnw verify -Pladder}: browsers keep the processors of a small or
 * busy machine so busy that these would count too.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PressureMeasurement extends PressuredServer {
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
}
