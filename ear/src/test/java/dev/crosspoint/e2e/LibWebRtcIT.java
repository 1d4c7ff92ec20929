package dev.crosspoint.e2e;

import static dev.onvoid.webrtc.RTCStatsType.CANDIDATE_PAIR;
import static dev.onvoid.webrtc.RTCStatsType.REMOTE_INBOUND_RTP;
import static dev.onvoid.webrtc.RTCStatsType.REMOTE_OUTBOUND_RTP;
import static dev.onvoid.webrtc.RTCStatsType.TRANSPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.libwebrtc.LibWebRtc;
import dev.crosspoint.e2e.libwebrtc.Transport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People whose clients are native libwebrtc, without a browser around it, over the SFU. */
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LibWebRtcIT {

  /** What libwebrtc takes a line for before it is told of arrivals. */
  private static final double START_BPS = 300_000;

  @Test
  void native_clients_and_a_browser_see_and_hear_each_other(RunningServer server) throws Exception {
    try (Browsers browsers = new Browsers();
        LibWebRtc library = new LibWebRtc()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      TestCall call = TestCall.of(server, ann.startCall(server.http(), "libwebrtc"));
      try (TestCall.Person bob = call.joinVisible("Bob");
          TestCall.Person cid = call.joinVisible("Cid")) {
        LibWebRtcPath bobs = new LibWebRtcPath(bob, library, 2);
        LibWebRtcPath cids = new LibWebRtcPath(cid, library, 3);
        List<LibWebRtcPath> paths = List.of(bobs, cids);
        paths.forEach(path -> path.receive(4));
        paths.forEach(LibWebRtcPath::getReady);
        paths.forEach(LibWebRtcPath::switchOver);
        ann.awaitMode("SFU");

        ann.awaitSeesAndHears("Bob", 2);
        ann.awaitSeesAndHears("Cid", 3);
        bobs.senses().awaitSeesAndHears(1);
        bobs.senses().awaitSeesAndHears(3);
        cids.senses().awaitSeesAndHears(1);
        cids.senses().awaitSeesAndHears(2);

        paths.forEach(LibWebRtcIT::isProtectedAndToldOfArrivals);
      }
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /** What the connections themselves say of SRTP and of RTCP. */
  private static void isProtectedAndToldOfArrivals(LibWebRtcPath path) {
    for (Transport transport : List.of(path.sending(), path.receiving())) {
      transport.awaitStatistic(TRANSPORT, "srtpCipher", "AEAD_AES_128_GCM"::equals);
      assertThat(transport.isConnected()).isTrue();
    }
    path.sending().awaitStatistic(REMOTE_INBOUND_RTP, "roundTripTime", _ -> true);
    path.receiving().awaitStatistic(REMOTE_OUTBOUND_RTP, "packetsSent", _ -> true);
    // Without feedback of arrivals the estimate stays where it began. With it, a machine that is
    // busy may lower it.
    path.sending()
        .awaitStatistic(
            CANDIDATE_PAIR,
            "availableOutgoingBitrate",
            bps -> Math.abs(((Number) bps).doubleValue() - START_BPS) > START_BPS / 20);
  }
}
