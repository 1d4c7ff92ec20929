package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sound and pictures of clients that share no code with browsers: aiortc, over the SFU. */
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MediaInteropIT {

  @Test
  void media_flows_both_ways_between_a_browser_and_aiortc_and_between_two_aiortc(
      RunningServer server) throws Exception {
    try (Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      TestCall call = TestCall.of(server, ann.startCall(server.http(), "aiortc"));
      try (TestCall.Person bob = call.joinVisible("Bob");
          TestCall.Person cid = call.joinVisible("Cid");
          AiortcPath bobs = new AiortcPath(bob, 2);
          AiortcPath cids = new AiortcPath(cid, 3)) {
        List<AiortcPath> paths = List.of(bobs, cids);
        paths.forEach(path -> path.receive(4));
        paths.forEach(AiortcPath::getReady);
        paths.forEach(AiortcPath::switchOver);
        ann.awaitMode("SFU");

        ann.awaitSeesAndHears("Bob", 2);
        ann.awaitSeesAndHears("Cid", 3);
        bobs.awaitSeesAndHears(1);
        bobs.awaitSeesAndHears(3);
        cids.awaitSeesAndHears(1);
        cids.awaitSeesAndHears(2);
      }
      assertThat(browsers.complaints()).isEmpty();
    }
  }
}
