package dev.crosspoint.media.engine.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcMapTest {
  private static final int STEPS = 100_000;
  private static final int DIFFERENT = 60;
  private static final int ONE_IN = 1_000;

  @Test
  void whatever_comes_and_goes_it_holds_what_a_map_would() {
    Random chance = new Random(1);
    SsrcMap<String> map = new SsrcMap<>();
    Map<Integer, String> expected = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      // Neighbours and multiples of the table's size have to share places.
      int ssrc = chance.nextInt(DIFFERENT) << (chance.nextBoolean() ? 0 : 26);
      if (chance.nextInt(ONE_IN) == 0) {
        map.removeIf(value -> value.endsWith("0"));
        expected.values().removeIf(value -> value.endsWith("0"));
      } else if (chance.nextBoolean()) {
        map.remove(ssrc);
        expected.remove(ssrc);
      } else {
        map.put(ssrc, "value " + step);
        expected.put(ssrc, "value " + step);
      }

      assertThat(map.size()).isEqualTo(expected.size());
      for (int i = 0; i < DIFFERENT; i++) {
        assertThat(map.get(i)).isEqualTo(expected.get(i));
        assertThat(map.get(i << 26)).isEqualTo(expected.get(i << 26));
      }
    }
  }
}
