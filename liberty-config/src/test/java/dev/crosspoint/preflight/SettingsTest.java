package dev.crosspoint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Path CONFIGURATION = Path.of("src/main/liberty/config");
  private static final Pattern LISTED = Pattern.compile("`(CROSSPOINT_[A-Z_]+)");
  private static final Pattern USED = Pattern.compile("\\$\\{(crosspoint\\.[a-z.]+)}");

  @Test
  void every_setting_is_in_the_readme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(Settings.ALL)
        .allSatisfy(setting -> assertThat(readme).contains("`" + setting.variable() + "`"));
  }

  @Test
  void every_setting_of_the_readme_is_known() throws IOException {
    List<String> known = Settings.ALL.stream().map(Setting::variable).toList();
    assertThat(
            LISTED
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult listed) -> listed.group(1))
                .filter(variable -> !variable.startsWith("CROSSPOINT_SIGNALING_")))
        .isSubsetOf(known);
  }

  @Test
  void every_variable_of_the_server_configuration_is_a_known_setting() throws IOException {
    List<String> known = Settings.ALL.stream().map(Setting::name).toList();
    try (var files = Files.newDirectoryStream(CONFIGURATION, "*.xml")) {
      for (Path file : files) {
        assertThat(
                USED.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult used) -> used.group(1)))
            .as(file.toString())
            .isSubsetOf(known);
      }
    }
  }
}
