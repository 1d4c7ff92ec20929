package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Line;
import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import dev.crosspoint.e2e.net.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People whose lines are not those of a laboratory bench. */
@InNetworkLab
class NetworkCallIT {
  /**
   * A browser for which three sizes are too much leaves the largest out. The media engine takes a
   * size for gone when nothing of it has come for half a second in which others did, and the next
   * one begins at a key frame: for so long the picture of those who were sent the largest stands.
   */
  private static final Duration LARGEST_SIZE_LEFT_OUT = Duration.ofMillis(2_500);

  /** The picture of Ann that is shown has so many lines. */
  private static final String ANNS_LINES =
      """
      (() => {
        const call = window.crosspoint.describe();
        const ann = call.participants.find((each) => each.displayName === 'Ann')?.participantId;
        return call.stages.some(({ participantId, lines }) => participantId === ann && %s);
      })()
      """;

  private static final int THIN_KBPS = 500;

  /**
   * Of the line. Sizes of pictures are steps, and browsers send less of each than they say they
   * would at most, so that what fits is not always as much as the line takes.
   */
  private static final double LEAST_USED = 0.75;

  private static final double MOST_STANDING_MS = 100;

  /**
   * What ten seconds bring over the connection by which pictures come: bits for each second, with
   * what a packet has around it on the line (Ethernet, IP and UDP: 42 bytes); and the round trips
   * that its checks measured meanwhile, which wait in the same queue as pictures, in milliseconds.
   */
  private static final String TEN_SECONDS =
      """
      async () => {
        const look = async () => {
          const reports = await Promise.all(window.connections.map((each) => each.getStats()));
          const receiving = reports.map((stats) => [...stats.values()])
            .filter((stats) => stats.some(({ type, kind }) => type === 'inbound-rtp' && kind === 'video'));
          return receiving.flat().filter(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded').at(-1);
        };
        const first = await look();
        const roundTripsMs = [];
        let last = first;
        for (let second = 0; second < 10; second++) {
          await new Promise((resolve) => setTimeout(resolve, 1000));
          last = (await look()) ?? last;
          roundTripsMs.push(last.currentRoundTripTime * 1000);
        }
        const bytes = last.bytesReceived - first.bytesReceived + 42 * (last.packetsReceived - first.packetsReceived);
        return JSON.stringify({ bitsPerSecond: bytes * 8000 / (last.timestamp - first.timestamp), roundTripsMs });
      }
      """;

  @Test
  void a_thin_uplink_carries_a_call_to_the_group_and_back(LabServer server, Trio trio)
      throws Exception {
    trio.bobsHost().limitUplink(THIN_KBPS);
    try {
      LabCall call = LabCall.start(server, trio);
      call.cidComes();
      call.movesUnnoticed();
      trio.cid().leave();
      trio.ann().awaitMode("DIRECT");
      trio.bob().awaitMode("DIRECT");
      Person.everybodySeesAndHears(trio.ann(), trio.bob());

      call.annAndBob().nothingStopped();
      call.record().awaitSummary("SFU DIRECT PARTICIPANT_LEFT COMPLETED");
    } finally {
      trio.bobsHost().unlimitUplink();
    }
  }

  @Test
  void a_thin_downlink_is_sent_smaller_pictures_and_nobody_else_notices(LabServer server, Trio trio)
      throws Exception {
    try (NetworkHost thinLine = NetworkLab.get().connect("thin");
        Browsers browsers = new Browsers()) {
      Person ann =
          grainy(new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1, trio.annsHost()), 540);
      Person bob =
          grainy(new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2, trio.bobsHost()), 270);
      LabCall call = LabCall.start(server, trio.with(ann, bob));
      thinLine.limitDownlink(THIN_KBPS);
      Person dan = new Person(browsers, BrowserKind.CHROMIUM, "Dan", 4, thinLine);
      dan.page().addInitScript(CodecIT.REMEMBER_CONNECTIONS);
      // Shown so large that the size on the page is no reason to ask for less.
      List.of(bob, dan).forEach(person -> person.page().setViewportSize(1920, 1200));
      dan.join(call.link());
      List.of(ann, bob, dan).forEach(person -> person.awaitMode("SFU"));

      dan.await(ANNS_LINES.formatted("lines > 0 && lines < 540"));
      Person.everybodySeesAndHears(ann, bob, dan);
      bob.await(ANNS_LINES.formatted("lines === 540"));
      isUsedWithoutAQueue(dan);
      dan.await(ANNS_LINES.formatted("lines > 0 && lines < 540"));
      call.annAndBob().nothingStoppedFor(LARGEST_SIZE_LEFT_OUT);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /** What their camera shows takes an encoder all that it may use. */
  private static Person grainy(Person person, int lines) {
    person
        .page()
        .addInitScript("window.cameraLines = %d; window.cameraGrain = 0.5".formatted(lines));
    return person.filming(Trio.FRAMES_PER_SECOND);
  }

  /** Both pictures and voices come, and nothing stands in front of the line for ten seconds. */
  private static void isUsedWithoutAQueue(Person person) {
    JsonNode seconds = new JsonMapper().readTree((String) person.ask(TEN_SECONDS));
    assertThat(seconds.path("bitsPerSecond").asDouble())
        .isGreaterThan(LEAST_USED * 1_000 * THIN_KBPS);
    double least =
        seconds
            .path("roundTripsMs")
            .valueStream()
            .mapToDouble(JsonNode::asDouble)
            .min()
            .orElseThrow();
    assertThat(least).isLessThan(MOST_STANDING_MS);
  }

  @Test
  void people_whose_networks_let_no_udp_through_to_the_server_meet_on_it_over_tcp(
      LabServer server, Trio trio) throws Exception {
    for (NetworkHost host : List.of(trio.annsHost(), trio.bobsHost(), trio.cidsHost())) {
      host.block(Traffic.MEDIA_UDP);
    }
    LabCall call = LabCall.start(server, trio);
    call.cidComes();
    call.movesUnnoticed();

    // Each sends over one connection and receives over another.
    assertThat(server.server().metric("crosspoint_media_tcp_connections"))
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void somebody_far_away_whose_line_loses_packets_is_let_in(LabServer server, Trio trio)
      throws Exception {
    Line line = new Line(Duration.ofMillis(50), 0.02);
    try (NetworkHost farAway = NetworkLab.get().connect("far", line);
        Browsers browsers = new Browsers()) {
      LabCall call = LabCall.start(server, trio);
      Person fay = new Person(browsers, BrowserKind.CHROMIUM, "Fay", 4, farAway);
      fay.join(call.link());
      List.of(trio.ann(), trio.bob(), fay).forEach(person -> person.awaitMode("SFU"));
      Person.everybodySeesAndHears(trio.ann(), trio.bob(), fay);

      call.annAndBob().nothingStopped();
      assertThat(browsers.complaints()).isEmpty();
    }
  }
}
