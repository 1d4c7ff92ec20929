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

  /** Remembers every connection of the page, and how high the pictures are that it decodes. */
  private static final String REMEMBER_CONNECTIONS =
      """
      window.pictures = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...details) {
          super(...details);
          const frames = new Map();
          setInterval(async () => {
            if (this.connectionState !== 'connected') return;
            const heights = [...(await this.getStats()).values()]
              .filter((each) => each.type === 'inbound-rtp' && each.kind === 'video')
              .filter((each) => each.framesDecoded > (frames.get(each.id) ?? 0))
              .map((each) => {
                frames.set(each.id, each.framesDecoded);
                return each.frameHeight;
              });
            if (heights.length > 0) window.pictures = heights;
          }, 1000);
        }
      };
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
      trio.ann().page().addInitScript(REMEMBER_CONNECTIONS);
      LabCall call = LabCall.start(server, trio);
      thinLine.limitDownlink(500);
      Person dan = new Person(browsers, BrowserKind.CHROMIUM, "Dan", 4, thinLine);
      dan.page().addInitScript(REMEMBER_CONNECTIONS);
      dan.join(call.link());
      List.of(trio.ann(), trio.bob(), dan).forEach(person -> person.awaitMode("SFU"));

      dan.await(
          "window.pictures.length > 1 && window.pictures.every((height) => height > 0 && height <= 180)");
      Person.everybodySeesAndHears(trio.ann(), trio.bob(), dan);
      trio.ann()
          .await("window.pictures.length > 1 && window.pictures.every((height) => height > 180)");
      call.annAndBob().nothingStopped();
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
