package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.launcher.SharedMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SharedMachineTest {
  private static final Path CONTAINERS_OPTIONS = Path.of("src/test/liberty/arquillian/jvm.options");

  /** The container takes no environment variables from its tests, only a file. */
  @Test
  void the_containers_server_gives_up_as_little_for_the_machines_load_as_the_others()
      throws Exception {
    List<String> expected =
        SharedMachine.SETTINGS.entrySet().stream()
            .map(setting -> "-D" + property(setting.getKey()) + "=" + setting.getValue())
            .toList();

    assertThat(Files.readAllLines(CONTAINERS_OPTIONS)).containsAll(expected);
  }

  /** CROSSPOINT_LOAD_REDUCE_VIDEO is crosspoint.load.reduce-video. */
  private static String property(String variable) {
    String[] words = variable.toLowerCase(Locale.ROOT).split("_", 3);
    return words[0] + "." + words[1] + "." + words[2].replace('_', '-');
  }
}
