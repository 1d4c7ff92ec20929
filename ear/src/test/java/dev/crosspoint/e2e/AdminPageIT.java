package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators read what became of a real call of three. */
@ExtendWith(OneServer.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AdminPageIT {
  private static final Path PICTURES = Path.of(System.getProperty("crosspoint.e2e.output"));

  /** Would run if it were taken for anything but text. */
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
  }

  @Test
  void an_operator_finds_a_switch_and_reads_its_story(RunningServer server) throws Exception {
    try (Browsers browsers = new Browsers()) {
      String callId = switchedCall(browsers, server);
      Page page = browsers.person(BrowserKind.CHROMIUM, "operator");
      page.navigate(
          server.http().resolve("admin#token=" + TestCall.administrator(server)).toString());
      assertThat(page).hasURL(server.http().resolve("admin").toString());

      page.getByLabel("Call id").fill(callId);
      page.getByLabel("Call id").press("Enter");
      page.getByLabel("Outcome").selectOption("COMMITTED");
      page.getByLabel("Reason").selectOption("PARTICIPANT_JOINED");
      Locator row = page.locator("tbody tr");
      assertThat(row).hasCount(1);
      assertThat(row).containsText(HOSTILE);
      assertThat(row).containsText("direct → media server");
      assertThat(row).containsText("Somebody joined");
      assertThat(page).hasURL(Pattern.compile("callId=" + callId));
      photograph(page, "admin-list");

      page.getByLabel("Outcome").selectOption("RUNNING");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("No switch fits.");
      page.getByLabel("Outcome").selectOption("COMMITTED");
      assertThat(row).hasCount(1);

      // By the keyboard alone: into the table, into the story, to a receiver's gaps, and back.
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Refresh")).focus();
      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      Locator heading = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
      assertThat(heading).hasText(HOSTILE + ": direct → media server");
      assertThat(heading).isFocused();
      Locator events = page.locator(".events li");
      for (String sentence :
          List.of(
              "Requested",
              "Everybody brings the new paths up beside the old",
              "Ann was ready",
              "Bob was ready",
              "Cid was ready",
              "The new paths are in force, the old ones close",
              "Ann switched to the new paths",
              "Everything runs over the new paths")) {
        assertThat(events.filter(new Locator.FilterOptions().setHasText(sentence)).first())
            .isVisible();
      }
      Locator receiver = page.locator(".receivers summary");
      assertThat(receiver.first()).containsText("at worst");
      receiver.first().focus();
      page.keyboard().press("Enter");
      assertThat(page.locator(".receivers tbody tr").first()).isVisible();
      photograph(page, "admin-story");

      page.goBack();
      assertThat(row).hasCount(1);
      assertThat(page.getByLabel("Outcome")).hasValue("COMMITTED");
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  @Test
  void an_operator_empties_the_media_engine_and_opens_it_again(RunningServer server)
      throws Exception {
    try (Browsers browsers = new Browsers()) {
      Page page = browsers.person(BrowserKind.CHROMIUM, "operator");
      page.navigate(
          server.http().resolve("admin#token=" + TestCall.administrator(server)).toString());
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Group calls")).click();
      Locator status = page.getByRole(AriaRole.STATUS);
      assertThat(status).containsText("On, ");
      Locator apply = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Apply"));
      assertThat(apply).isDisabled();

      // By the keyboard alone.
      page.getByLabel("On", new Page.GetByLabelOptions().setExact(true)).focus();
      page.keyboard().press("ArrowDown");
      photograph(page, "admin-group-calls");
      page.keyboard().press("Enter");
      assertThat(status).containsText("Drain, changed ");
      assertThat(apply).isDisabled();
      page.reload();
      assertThat(page.getByLabel("Drain", new Page.GetByLabelOptions().setExact(true))).isChecked();

      page.getByLabel("On", new Page.GetByLabelOptions().setExact(true)).check();
      apply.click();
      assertThat(status).containsText("On, changed ");
      assertThat(browsers.complaints()).isEmpty();
    } finally {
      RestClient.of(server)
          .as(TestCall.administrator(server))
          .put("admin/sfu-flag", "{\"flag\": \"ON\"}");
    }
  }

  @Test
  void an_operator_keeps_somebody_out_and_lets_them_in_again(RunningServer server)
      throws Exception {
    try (Browsers browsers = new Browsers()) {
      Person eve = new Person(browsers, BrowserKind.CHROMIUM, "Eve", 1);
      String link = eve.startCall(server.http(), "Weekly");
      Page page = browsers.person(BrowserKind.CHROMIUM, "operator");
      page.navigate(
          server
              .http()
              .resolve("admin?view=bans#token=" + TestCall.administrator(server))
              .toString());
      Locator status = page.getByRole(AriaRole.STATUS);
      assertThat(status).hasText("Nobody is kept out.");

      String subject = subject(eve);
      page.getByLabel("Who").fill(subject);
      page.getByLabel("Who").press("Enter");
      assertThat(status).hasText(subject + " is kept out.");
      assertThat(page.locator("tbody tr")).containsText("for good");
      photograph(page, "admin-bans");
      Locator outside = eve.page().getByRole(AriaRole.MAIN);
      assertThat(outside).containsText("An administrator of this server has taken you out");
      eve.page().navigate(link);
      eve.page().getByLabel("Your name").fill("Eve");
      eve.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join the call"))
          .click();
      assertThat(outside).containsText("An administrator of this server keeps you out of calls.");

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let " + subject))
          .press("Enter");
      assertThat(status).hasText(subject + " may join again.");
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
          .isFocused();
      eve.join(link);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /** Who somebody's token says they are. */
  private static String subject(Person person) throws Exception {
    String token =
        String.valueOf(person.page().evaluate("sessionStorage.getItem('crosspoint.guest')"));
    return BadToken.claims(token).getSubject();
  }

  @Test
  void without_an_administrators_token_the_page_asks_for_one(RunningServer server)
      throws Exception {
    try (Browsers browsers = new Browsers()) {
      Page page = browsers.person(BrowserKind.CHROMIUM, "guest");
      page.navigate(server.http().resolve("admin").toString());
      Locator token = page.getByLabel("Administrator’s token");
      token.fill(TestCall.guest(server, "Ada"));
      token.press("Enter");
      assertThat(page.getByRole(AriaRole.ALERT)).hasText("This token is not an administrator’s.");

      token.fill(TestCall.administrator(server));
      token.press("Enter");
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Switches")))
          .isVisible();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
      assertThat(token).isVisible();
      page.reload();
      assertThat(token).isVisible();
      assertThat(browsers.complaints())
          .allMatch(complaint -> complaint.contains("403"), "only the refusal");
    }
  }

  private static String switchedCall(Browsers browsers, RunningServer server) {
    Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
    Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
    Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
    String link = ann.startCall(server.http(), HOSTILE);
    bob.join(link);
    ann.awaitMode("DIRECT");
    bob.awaitMode("DIRECT");
    ann.awaitSeesAndHears(bob);
    bob.awaitSeesAndHears(ann);
    cid.join(link);
    List<Person> everybody = List.of(ann, bob, cid);
    everybody.forEach(person -> person.awaitMode("SFU"));
    everybody.forEach(Person::leave);
    return link.substring(link.lastIndexOf('/') + 1);
  }

  private static void photograph(Page page, String name) {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(
                  PICTURES.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png"))
              .setFullPage(true));
    }
  }
}
