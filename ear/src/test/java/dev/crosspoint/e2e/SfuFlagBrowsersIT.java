package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people at browsers have of an administrator who turns the media engine off and on. */
@ExtendWith(OneServer.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SfuFlagBrowsersIT {
  private static final String IDS = "window.crosspoint.describe().self";
  private static final String RECONNECTING = "Connection lost. Reconnecting…";

  @BeforeAll
  static void patience() {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
  }

  @Test
  void three_go_over_to_direct_paths_and_back_and_nobody_misses_anything(RunningServer server)
      throws Exception {
    try (Browsers browsers = new Browsers()) {
      Three three = Three.talking(server, browsers);
      Page administrator = browsers.person(BrowserKind.CHROMIUM, "operator");
      administrator.navigate(
          server
              .http()
              .resolve("admin?view=group-calls#token=" + TestCall.administrator(server))
              .toString());
      Witness witness = Witness.of(three.people());
      List<Object> ids = three.ids();

      choose(administrator, "Off");
      three.talksOver("DIRECT");
      choose(administrator, "On");
      three.talksOver("SFU");

      witness.nothingStopped();
      assertThat(three.ids()).isEqualTo(ids);
      assertThat(three.told()).doesNotContain(RECONNECTING);
      CallRecord record = CallRecord.of(server, three.link());
      record.awaitLatest(2, "DIRECT SFU POLICY_CHANGED COMPLETED");
      assertThat(record.summaries())
          .filteredOn(summary -> !summary.endsWith("ROLLED_BACK"))
          .containsExactly(
              "DIRECT SFU PARTICIPANT_JOINED COMPLETED",
              "SFU DIRECT POLICY_CHANGED COMPLETED",
              "DIRECT SFU POLICY_CHANGED COMPLETED");
      assertThat(browsers.complaints()).isEmpty();
    } finally {
      turn(server, "ON");
    }
  }

  @Test
  void four_are_told_why_their_call_ends(RunningServer server) throws Exception {
    try (Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      String link = ann.startCall(server.http(), "Too many");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      TestCall call = TestCall.of(server, link);
      try (TestCall.Person cleo = call.joinSilent("Cleo")) {
        cleo.getReady();
        ann.awaitMode("SFU");
        bob.awaitMode("SFU");
        try (TestCall.Person dora = call.joinSilent("Dora")) {
          ann.await("window.crosspoint.describe().participants.length === 4");

          turn(server, "OFF");

          for (Person person : List.of(ann, bob)) {
            assertThat(person.page().getByRole(AriaRole.MAIN))
                .containsText(
                    "Group calls are temporarily limited, and this one could not go on without the"
                        + " server. A call of a few people works now; for more, please try again"
                        + " shortly.");
          }
          for (TestCall.Person person : List.of(cleo, dora)) {
            assertThat(person.socket().event("callEnded").at("/message/reason").asString())
                .isEqualTo("SFU_OFF");
          }
        }
      }
      assertThat(browsers.complaints()).isEmpty();
    } finally {
      turn(server, "ON");
    }
  }

  @Test
  void where_three_are_too_many_for_direct_paths_the_third_waits_until_it_is_on() throws Exception {
    try (RunningServer server =
            RunningServer.startBeside("plan-b", Map.of("CROSSPOINT_FALLBACK_SIZE", "2"));
        Browsers browsers = new Browsers()) {
      turn(server, "OFF");
      Three three = Three.started(server, browsers);
      Witness annAndBob = Witness.of(three.ann(), three.bob());

      three.cid().join(three.link());
      assertThat(three.cid().page().locator(".queue"))
          .hasText(
              "You are next. Group calls are temporarily limited, please try again shortly. You"
                  + " will be let in automatically.");
      Person.everybodySeesAndHears(three.ann(), three.bob());
      assertThat(CallRecord.of(server, three.link()).summaries()).isEmpty();

      turn(server, "ON");
      three.talksOver("SFU");
      assertThat(three.cid().page().locator(".queue")).isHidden();
      annAndBob.nothingStopped();
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /** Applies a choice on the page for administrators. */
  private static void choose(Page page, String flag) {
    page.getByLabel(flag, new Page.GetByLabelOptions().setExact(true)).check();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Apply")).click();
    Locator status = page.getByRole(AriaRole.STATUS);
    assertThat(status).containsText(flag + ", changed ");
  }

  private static void turn(RunningServer server, String flag) throws Exception {
    RestClient.Answer answer =
        RestClient.of(server)
            .as(TestCall.administrator(server))
            .put("admin/sfu-flag", "{\"flag\": \"%s\"}".formatted(flag));
    assertThat(answer.value("flag")).isEqualTo(flag);
  }

  /** Three people at browsers, who have a call. */
  private record Three(Person ann, Person bob, Person cid, String link) {
    /** Ann and Bob talk directly, Cid is not there yet. */
    static Three started(RunningServer server, Browsers browsers) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      Three three = new Three(ann, bob, cid, ann.startCall(server.http(), "Switched"));
      bob.join(three.link);
      Person.everybodySeesAndHears(ann, bob);
      ann.awaitMode("DIRECT");
      bob.awaitMode("DIRECT");
      return three;
    }

    /** All three talk over the media server. */
    static Three talking(RunningServer server, Browsers browsers) {
      Three three = started(server, browsers);
      three.cid.join(three.link);
      three.talksOver("SFU");
      return three;
    }

    Person[] people() {
      return new Person[] {ann, bob, cid};
    }

    void talksOver(String mode) {
      List.of(people()).forEach(person -> person.awaitMode(mode));
      Person.everybodySeesAndHears(people());
    }

    /** The ids under which they are in the call. */
    List<Object> ids() {
      return List.of(ann.ask(IDS), bob.ask(IDS), cid.ask(IDS));
    }

    /** What their pages told them so far. */
    String told() {
      return List.of(people()).stream()
          .map(person -> String.valueOf(person.ask("window.witness.told.join(' ')")))
          .reduce("", String::concat);
    }
  }
}
