package dev.crosspoint.e2e.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.OneServer;
import dev.crosspoint.e2e.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A few switches both ways, seen and heard in real browsers. What depends on time is written down
 * only.
 */
@ExtendWith(OneServer.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GapIT {
  private static final Path OUTPUT = Path.of(System.getProperty("crosspoint.e2e.output"));
  private static final int ROUNDS = 2;

  @Test
  void no_switch_shows_an_empty_tile_or_runs_time_backwards(RunningServer server) throws Exception {
    Scene scene = Scene.chromium();
    List<SwitchGap> switches = new ArrayList<>();
    try (GapCall call = new GapCall(server, scene)) {
      for (int round = 0; round < ROUNDS; round++) {
        switches.add(SwitchGap.of(call.toSfu()));
        switches.add(SwitchGap.of(call.toDirect()));
      }
      assertThat(call.complaints()).isEmpty();
    }
    GapReport report = new GapReport();
    report.add(scene, switches);
    Files.writeString(OUTPUT.resolve("gaps.md"), report.full());

    assertThat(switches)
        .hasSize(2 * ROUNDS)
        .flatExtracting(SwitchGap::pairs)
        .hasSize(4 * ROUNDS)
        .allSatisfy(pair -> {
          assertThat(pair.pictures().backwards()).as("frames shown backwards").isZero();
          assertThat(pair.blanks()).as("repaints without a picture").isZero();
        });
  }
}
