package dev.crosspoint.e2e.gap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import dev.crosspoint.e2e.BrowserKind;
import dev.crosspoint.e2e.Browsers;
import dev.crosspoint.e2e.OneServer;
import dev.crosspoint.e2e.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stage on which the page lets people hear others goes over to another path without a sound of
 * its own. Sample by sample, on time of its own; {@link GapIT} hears the same in calls.
 */
@ExtendWith(OneServer.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CrossFadeIT {
  /** The ear has learnt the tone by half a second. */
  private static final Period LISTENED = new Period(500, 1_900);

  private static final double ASKED_MS = 1_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Browsers browsers = new Browsers();
  private final Page page = browsers.observedPerson(BrowserKind.CHROMIUM, "Ear");

  @BeforeEach
  void open_a_page(RunningServer server) throws IOException, InterruptedException {
    page.navigate(server.http().toString());
    page.addScriptTag(new AddScriptTagOptions().setContent(stage()));
  }

  @AfterEach
  void close() {
    browsers.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"faded to another path", "faded to a path with the opposite phase"})
  void a_stage_goes_over_at_once_to_a_path_that_plays_and_nobody_hears_it(String done) {
    Played played = play(done);

    assertThat(played.sounds()).isEqualTo(new Sounds(0, 0));
    assertThat(played.wentOverAtMs()).isCloseTo(ASKED_MS, within(5.0));
  }

  @Test
  void a_stage_waits_until_a_path_that_stutters_at_first_plays_without_a_break() {
    Played played = play("asked to show a path that stutters at first");

    assertThat(played.sounds()).isEqualTo(new Sounds(0, 0));
    assertThat(played.wentOverAtMs()).isBetween(1_500.0, 1_700.0);
  }

  @Test
  void without_the_fade_a_click_would_be_heard() {
    assertThat(play("cut to another path").sounds()).isEqualTo(new Sounds(0, 1));
  }

  private Played play(String done) {
    String told = (String) page.evaluate(Scripts.stage(), done);
    return JSON.readValue(told, Told.class).played();
  }

  /**
   * @param sounds what was heard
   * @param wentOverAtMs when the stage said that it went over to the new path
   */
  private record Played(Sounds sounds, double wentOverAtMs) {}

  private record Told(List<Switch> switches, List<Recording.Sound> sounds) {

    private record Switch(String pathId, double at) {}

    Played played() {
      assertThat(switches).extracting(Switch::pathId).containsExactly("old", "new");
      return new Played(Sounds.within(LISTENED, sounds, 1), switches.getLast().at());
    }
  }

  /** The stage's own code, as the page has it. */
  private static String stage() throws IOException, InterruptedException {
    Process bundling =
        new ProcessBuilder(
                "node_modules/.bin/esbuild",
                "src/sdk/render/AudioStage.ts",
                "--bundle",
                "--format=iife",
                "--global-name=shipped",
                "--log-level=warning")
            .directory(Path.of(System.getProperty("crosspoint.client")).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String bundle = new String(bundling.getInputStream().readAllBytes(), UTF_8);
    assertThat(bundling.waitFor()).isZero();
    return bundle;
  }
}
