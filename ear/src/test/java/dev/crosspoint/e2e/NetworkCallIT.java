package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Line;
import dev.crosspoint.e2e.net.NetworkHost;
import dev.crosspoint.e2e.net.NetworkLab;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People whose lines are not those of a laboratory bench. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NetworkCallIT {

  @Test
  void a_thin_uplink_and_a_far_away_line_with_loss_do_not_keep_a_call_from_moving(
      LabServer server) {
    Line far = new Line(Duration.ofMillis(50), 0.02);
    try (NetworkHost annsHost = NetworkLab.get().connect("ann");
        NetworkHost bobsHost = NetworkLab.get().connect("bob");
        NetworkHost cidsHost = NetworkLab.get().connect("cid", far);
        Browsers browsers = new Browsers()) {
      bobsHost.limitUplink(500);
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1, annsHost);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2, bobsHost);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3, cidsHost);

      String link = ann.startCall(server.page(), "Far and thin");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      cid.join(link);
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));
      Person.everybodySeesAndHears(ann, bob, cid);
      assertThat(browsers.complaints()).isEmpty();
    }
  }
}
