package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Line;
import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import dev.crosspoint.e2e.net.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People whose lines are not those of a laboratory bench. */
@InNetworkLab
class NetworkCallIT {
  /**
   * A browser for which three sizes are too much leaves the largest out. The media engine takes a
   * size for gone when nothing of it has come for 1.5 s, and the next one begins at a key frame:
   * for so long the picture of those who were sent the largest stands.
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

  @Test
  void a_thin_uplink_carries_a_call_to_the_group_and_back(LabServer server, Trio trio)
      throws Exception {
    trio.bobsHost().limitUplink(500);
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
      trio.ann().page().addInitScript("window.cameraLines = 540");
      LabCall call = LabCall.start(server, trio);
      thinLine.limitDownlink(500);
      Person dan = new Person(browsers, BrowserKind.CHROMIUM, "Dan", 4, thinLine);
      // Shown so large that the size on the page is no reason to ask for less.
      List.of(trio.bob(), dan).forEach(person -> person.page().setViewportSize(1920, 1200));
      dan.join(call.link());
      List.of(trio.ann(), trio.bob(), dan).forEach(person -> person.awaitMode("SFU"));

      dan.await(ANNS_LINES.formatted("lines > 0 && lines < 540"));
      Person.everybodySeesAndHears(trio.ann(), trio.bob(), dan);
      trio.bob().await(ANNS_LINES.formatted("lines === 540"));
      dan.await(ANNS_LINES.formatted("lines > 0 && lines < 540"));
      call.annAndBob().nothingStoppedFor(LARGEST_SIZE_LEFT_OUT);
      assertThat(browsers.complaints()).isEmpty();
    }
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
