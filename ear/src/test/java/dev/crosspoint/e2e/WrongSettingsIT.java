package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.launcher.LibertyServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with a setting that cannot work: it ends, and says which one it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WrongSettingsIT {
  /** EX_CONFIG of sysexits.h. */
  private static final int CONFIGURATION_ERROR = 78;

  @TempDir Path output;

  @Test
  void a_missing_database_password_is_named() throws Exception {
    Map<String, String> settings = complete();
    settings.remove("CROSSPOINT_DATABASE_PASSWORD");
    assertEndsNaming(settings, "CROSSPOINT_DATABASE_PASSWORD is not set");
  }

  @Test
  void every_wrong_value_is_named_at_once() throws Exception {
    Map<String, String> settings = complete();
    settings.put("CROSSPOINT_CALL_CAPACITY", "many");
    settings.put("CROSSPOINT_TRANSITION_RETURN_DELAY", "PT");
    assertEndsNaming(
        settings,
        "CROSSPOINT_CALL_CAPACITY must be a whole number, but is 'many'",
        "CROSSPOINT_TRANSITION_RETURN_DELAY must be a period");
  }

  @Test
  void a_token_key_that_is_none_is_named_and_not_shown() throws Exception {
    Map<String, String> settings = complete();
    settings.put("CROSSPOINT_TOKEN_KEY", "swordfish");
    assertThat(assertEndsNaming(settings, "CROSSPOINT_TOKEN_KEY")).doesNotContain("swordfish");
  }

  @Test
  void a_taken_http_port_is_named() throws Exception {
    try (ServerSocket holder = new ServerSocket(0)) {
      Map<String, String> settings = complete();
      settings.put("CROSSPOINT_HTTP_PORT", String.valueOf(holder.getLocalPort()));
      assertEndsNaming(
          settings, "port %d is taken".formatted(holder.getLocalPort()), "CROSSPOINT_HTTP_PORT");
    }
  }

  @Test
  void a_taken_media_port_is_named() throws Exception {
    try (DatagramSocket holder = new DatagramSocket()) {
      Map<String, String> settings = complete();
      settings.put("CROSSPOINT_MEDIA_PORT", String.valueOf(holder.getLocalPort()));
      assertEndsNaming(
          settings, "port %d is taken".formatted(holder.getLocalPort()), "CROSSPOINT_MEDIA_PORT");
    }
  }

  @Test
  void media_ports_beyond_the_last_one_are_named() throws Exception {
    Map<String, String> settings = complete();
    settings.put("CROSSPOINT_MEDIA_PORT", "65535");
    settings.put("CROSSPOINT_MEDIA_LOOPS", "2");
    assertEndsNaming(settings, "CROSSPOINT_MEDIA_PORT");
  }

  private static Map<String, String> complete() {
    return new HashMap<>(
        Map.of(
            "CROSSPOINT_DATABASE_URL", "jdbc:postgresql://localhost:1/crosspoint",
            "CROSSPOINT_DATABASE_USER", "crosspoint",
            "CROSSPOINT_DATABASE_PASSWORD", "secret",
            "CROSSPOINT_GUEST_ACCESS", "true",
            "CROSSPOINT_HTTP_PORT", "0",
            "CROSSPOINT_HTTPS_PORT", "0",
            "CROSSPOINT_MEDIA_PORT", "0"));
  }

  /** Gives what the console said. */
  private String assertEndsNaming(Map<String, String> settings, String... words)
      throws IOException, InterruptedException {
    Path console = output.resolve("console.log");
    try (LibertyServer server =
        LibertyServer.start(
            Path.of(System.getProperty("crosspoint.liberty", "")),
            "crosspoint",
            settings,
            ProcessBuilder.Redirect.to(console.toFile()))) {
      int exitCode = server.awaitEnd();
      String said = Files.readString(console);
      assertThat(said).contains(words);
      assertThat(exitCode).as(said).isEqualTo(CONFIGURATION_ERROR);
      return said;
    }
  }
}
