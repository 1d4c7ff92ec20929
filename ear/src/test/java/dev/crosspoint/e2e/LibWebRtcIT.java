package dev.crosspoint.e2e;

import static dev.onvoid.webrtc.RTCStatsType.CANDIDATE_PAIR;
import static dev.onvoid.webrtc.RTCStatsType.REMOTE_INBOUND_RTP;
import static dev.onvoid.webrtc.RTCStatsType.REMOTE_OUTBOUND_RTP;
import static dev.onvoid.webrtc.RTCStatsType.TRANSPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.libwebrtc.LibWebRtc;
import dev.crosspoint.e2e.libwebrtc.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People whose clients are native libwebrtc, without a browser around it, over the SFU. */
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LibWebRtcIT {

  private static final int SEVERAL = 3;

  /** Reports of receivers come several times within it. */
  private static final Duration A_WHILE = Duration.ofSeconds(3);

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
    path.sending()
        .awaitStatistic(
            REMOTE_INBOUND_RTP,
            "roundTripTimeMeasurements",
            reports -> ((Number) reports).longValue() >= SEVERAL);
    path.sending()
        .awaitStatistic(CANDIDATE_PAIR, "availableOutgoingBitrate", new Rests(A_WHILE)::holds);
  }

  /**
   * Whether an estimate stays where it is. One that is made of receivers' reports alone grows with
   * every report that tells of no loss, whatever is sent; feedback of arrivals (transport-cc) lets
   * it grow only as far as what was sent proves, and what is sent here is little.
   */
  private static final class Rests {
    private final Duration enough;
    private Object estimate = 0.0;
    private long sinceNs = System.nanoTime();

    Rests(Duration enough) {
      this.enough = enough;
    }

    boolean holds(Object bps) {
      if (!bps.equals(estimate)) {
        estimate = bps;
        sinceNs = System.nanoTime();
      }
      return System.nanoTime() - sinceNs > enough.toNanos();
    }
  }
}
