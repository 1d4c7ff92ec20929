package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Browsers that send one size, on a server that has enough of everything and on one that gives up
 * quality: of one size nothing can be left out, so senders are asked for less (REMB). Part of
 * {@code ./mvnw verify -Pladder}: on a machine that is busy browsers believe that their line is.
 */
@ExtendWith(OneServer.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LimitedSendersMeasurement {
  /** More than the server asks for, of a small picture and sound, by a tenth. */
  private static final double LITTLE_BPS = 275_000;

  /** So many that an encoder would use more than that. */
  private static final int FRAMES_PER_SECOND = 20;

  /** What the browser thinks it may send on the connection over which its pictures go. */
  private static final String ALLOWED =
      """
      async () => {
        const reports = await Promise.all(window.connections.map((each) => each.getStats()));
        const sending = reports.map((stats) => [...stats.values()])
          .filter((stats) => stats.some((each) => each.type === 'outbound-rtp' && each.kind === 'video'));
        return sending.flat().filter((each) => each.type === 'candidate-pair' && each.nominated)
          .map((each) => each.availableOutgoingBitrate ?? 0).at(-1) ?? 0;
      }
      """;

  @Test
  void a_server_that_has_enough_lets_them_send(RunningServer server) throws Exception {
    inCall(
        server,
        people -> {
          for (Person person : people) {
            Eventually.await("room to send", () -> allowed(person) > LITTLE_BPS);
          }
        });
  }

  @Test
  void a_busy_server_has_them_send_less() throws Exception {
    try (RunningServer server =
        RunningServer.startBeside(
            "limited",
            Map.of(
                "CROSSPOINT_LOAD_REDUCE_VIDEO", "0",
                "CROSSPOINT_LOAD_LIMIT_SCREENS", "0",
                "CROSSPOINT_LOAD_RESTORE", "0",
                "CROSSPOINT_LOAD_QUEUE", "100",
                "CROSSPOINT_LOAD_DWELL", "PT0S",
                "CROSSPOINT_LOAD_SCREEN_GRACE", "PT1H"))) {
      Eventually.await(
          "little quality",
          () -> server.metric("crosspoint_quality_limit{limit=\"screens_low\"") == 1);
      inCall(
          server,
          people -> {
            for (Person person : people) {
              Eventually.await(
                  "little room to send", () -> allowed(person) > 0 && allowed(person) < LITTLE_BPS);
            }
            Person.everybodySeesAndHears(people.toArray(Person[]::new));
            assertThat(people).allMatch(person -> allowed(person) < LITTLE_BPS);
          });
    }
  }

  private interface Scene {
    void play(List<Person> people) throws Exception;
  }

  /** Lets three people talk over the SFU. */
  private static void inCall(RunningServer server, Scene scene) throws Exception {
    try (Browsers browsers = new Browsers()) {
      List<Person> people =
          List.of(
              new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1),
              new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2),
              new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3));
      people.forEach(person ->
          person.filming(FRAMES_PER_SECOND).page().addInitScript(CodecIT.REMEMBER_CONNECTIONS));
      String link = people.getFirst().startCall(server.http(), "Busy");
      people.stream().skip(1).forEach(person -> person.join(link));
      people.forEach(person -> person.awaitMode("SFU"));

      scene.play(people);

      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static double allowed(Person person) {
    return ((Number) person.page().evaluate(ALLOWED)).doubleValue();
  }
}
