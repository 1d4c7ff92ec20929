package dev.crosspoint.e2e.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import dev.crosspoint.e2e.BrowserKind;
import dev.crosspoint.e2e.Browsers;
import dev.crosspoint.e2e.OneServer;
import dev.crosspoint.e2e.RunningServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ear hears what people hear, and nothing else. */
@ExtendWith(OneServer.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EarIT {
  /** The change is made at one second; the ear has learnt the tone by half a second. */
  private static final Period LISTENED = new Period(500, 1_400);

  private final Browsers browsers = new Browsers();
  private final Page page = browsers.observedPerson(BrowserKind.CHROMIUM, "Ear");

  @BeforeEach
  void open_a_page(RunningServer server) {
    page.navigate(server.http().toString());
  }

  @AfterEach
  void close() {
    browsers.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nothing", "faded to another path", "faded to a path with the opposite phase"})
  void a_tone_that_goes_on_or_is_cross_faded_neither_clicks_nor_pauses(String done) {
    assertThat(hear(done)).isEqualTo(new Sounds(0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"packet left out", "cut to another path"})
  void a_tone_that_jumps_clicks(String done) {
    assertThat(hear(done)).isEqualTo(new Sounds(0, 1));
  }

  @Test
  void a_silent_packet_is_a_pause_of_its_length() {
    assertThat(hear("packet silent").longestSilenceMs()).isCloseTo(20, within(1.0));
  }

  private Sounds hear(String done) {
    Recording heard = Recording.parse((String) page.evaluate(Scripts.bench(), done));
    return Sounds.within(LISTENED, heard.sounds(), 1);
  }
}
