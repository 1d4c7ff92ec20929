package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who speaks in a group call, on a server that sends everybody few people's sound and pictures. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SpeakersIT {
  private static final Path PICTURES = Path.of(System.getProperty("crosspoint.e2e.output"));

  private static final Map<String, String> FEW =
      Map.of("CROSSPOINT_LOUDEST_AUDIO", "1", "CROSSPOINT_LAST_VIDEO", "1");

  @Test
  void who_speaks_is_marked_seen_and_heard_until_somebody_else_speaks() throws Exception {
    try (RunningServer server = RunningServer.startBeside("speakers", FEW);
        Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      String link = ann.startCall(server.http(), "Speakers");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      cid.join(link);
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));

      ann.talk();
      List.of(ann, bob, cid).forEach(person -> person.awaitSpeaker(ann));
      cid.awaitSeesAndHears(ann);
      cid.awaitPictureWithheldOf(bob);
      cid.photograph(PICTURES.resolve("speakers.png"));

      ann.press("Mute microphone");
      bob.talk();
      List.of(ann, bob, cid).forEach(person -> person.awaitSpeaker(bob));
      cid.awaitSeesAndHears(bob);
      cid.awaitPictureWithheldOf(ann);
      ann.awaitSeesAndHears(bob);

      Map<String, Double> dropped = server.metrics("crosspoint_media_dropped_total{");
      assertThat(dropped)
          .anySatisfy((labels, packets) -> {
            assertThat(labels).contains("not_among_loudest");
            assertThat(packets).isPositive();
          })
          .anySatisfy((labels, packets) -> {
            assertThat(labels).contains("not_among_last");
            assertThat(packets).isPositive();
          });
      assertThat(browsers.complaints()).isEmpty();
    }
  }
}
