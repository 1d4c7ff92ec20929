package dev.crosspoint.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path variables;

  @Test
  void a_complete_configuration_has_no_problem() {
    assertThat(problems(complete())).isEmpty();
  }

  @Test
  void every_missing_required_setting_is_named() {
    assertThat(problems(Map.of()))
        .hasSize(4)
        .anySatisfy(problem -> assertThat(problem).startsWith("CROSSPOINT_DATABASE_URL is not set"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("CROSSPOINT_DATABASE_USER is not set"))
        .anySatisfy(
            problem -> assertThat(problem).startsWith("CROSSPOINT_DATABASE_PASSWORD is not set"))
        .anySatisfy(problem -> assertThat(problem).startsWith("CROSSPOINT_TOKEN_KEY is not set"));
  }

  @Test
  void guest_access_does_without_a_token_key() {
    Map<String, String> environment = complete();
    environment.remove("CROSSPOINT_TOKEN_KEY");
    environment.put("CROSSPOINT_GUEST_ACCESS", "true");
    assertThat(problems(environment)).isEmpty();
  }

  @Test
  void a_blank_required_setting_counts_as_missing() {
    Map<String, String> environment = complete();
    environment.put("CROSSPOINT_DATABASE_URL", "  ");
    assertThat(problems(environment)).singleElement().asString().contains("is not set");
  }

  @Test
  void a_wrong_value_is_named_with_what_it_should_be() {
    Map<String, String> environment = complete();
    environment.put("CROSSPOINT_HTTP_PORT", "99999");
    environment.put("CROSSPOINT_GUEST_ACCESS", "yes");
    assertThat(problems(environment))
        .containsExactlyInAnyOrder(
            "CROSSPOINT_HTTP_PORT must be a port from 0 to 65535, but is '99999': port of the"
                + " pages and the API.",
            "CROSSPOINT_GUEST_ACCESS must be true or false, but is 'yes': whether anybody may make"
                + " calls.");
  }

  @Test
  void a_secret_may_come_from_a_file() throws IOException {
    Map<String, String> environment = complete();
    environment.remove("CROSSPOINT_DATABASE_PASSWORD");
    Files.writeString(variables.resolve("crosspoint.database.password"), "from a file\n");
    assertThat(problems(environment)).isEmpty();
  }

  @Test
  void a_taken_web_port_is_named_with_its_setting() throws IOException {
    try (ServerSocket holder = new ServerSocket(0)) {
      Map<String, String> environment = complete();
      environment.put("CROSSPOINT_HTTPS_PORT", String.valueOf(holder.getLocalPort()));
      assertThat(problems(environment))
          .singleElement()
          .asString()
          .contains("port " + holder.getLocalPort() + " is taken", "CROSSPOINT_HTTPS_PORT");
    }
  }

  @Test
  void a_taken_media_port_is_named_with_its_setting() throws IOException {
    try (DatagramSocket holder = new DatagramSocket()) {
      Map<String, String> environment = complete();
      environment.put("CROSSPOINT_MEDIA_PORT", String.valueOf(holder.getLocalPort()));
      environment.put("CROSSPOINT_MEDIA_LOOPS", "1");
      assertThat(problems(environment))
          .singleElement()
          .asString()
          .contains("port " + holder.getLocalPort() + " is taken", "CROSSPOINT_MEDIA_PORT");
    }
  }

  @Test
  void a_media_port_that_is_taken_for_tcp_alone_matters_only_when_tcp_is_on() throws IOException {
    try (ServerSocket holder = new ServerSocket(0)) {
      Map<String, String> environment = complete();
      environment.put("CROSSPOINT_MEDIA_PORT", String.valueOf(holder.getLocalPort()));
      environment.put("CROSSPOINT_MEDIA_LOOPS", "1");
      assertThat(problems(environment))
          .singleElement()
          .asString()
          .contains("port " + holder.getLocalPort() + " is taken", "CROSSPOINT_MEDIA_PORT");

      environment.put("CROSSPOINT_MEDIA_TCP", "false");
      assertThat(problems(environment)).isEmpty();
    }
  }

  @Test
  void media_loops_beyond_the_last_port_are_named_with_their_setting() {
    Map<String, String> environment = complete();
    environment.put("CROSSPOINT_MEDIA_PORT", "65535");
    environment.put("CROSSPOINT_MEDIA_LOOPS", "2");
    assertThat(problems(environment))
        .singleElement()
        .asString()
        .startsWith("CROSSPOINT_MEDIA_PORT leaves no port");
  }

  @Test
  void a_period_without_any_time_in_it_is_none() {
    Map<String, String> environment = complete();
    environment.put("CROSSPOINT_TRANSITION_RETURN_DELAY", "PT");
    assertThat(problems(environment)).singleElement().asString().contains("must be a period");
  }

  @Test
  void a_token_key_that_is_neither_key_nor_file_is_named_and_not_shown() throws IOException {
    Map<String, String> environment = complete();
    environment.put("CROSSPOINT_TOKEN_KEY", "swordfish");
    assertThat(problems(environment))
        .singleElement()
        .asString()
        .startsWith("CROSSPOINT_TOKEN_KEY must be")
        .doesNotContain("swordfish");
    environment.put("CROSSPOINT_TOKEN_KEY", Files.createFile(variables.resolve("key")).toString());
    assertThat(problems(environment)).isEmpty();
  }

  private static Map<String, String> complete() {
    return new HashMap<>(
        Map.of(
            "CROSSPOINT_DATABASE_URL", "jdbc:postgresql://localhost:5432/crosspoint",
            "CROSSPOINT_DATABASE_USER", "crosspoint",
            "CROSSPOINT_DATABASE_PASSWORD", "secret",
            "CROSSPOINT_TOKEN_KEY", "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----",
            "CROSSPOINT_HTTP_PORT", "0",
            "CROSSPOINT_HTTPS_PORT", "0",
            "CROSSPOINT_MEDIA_PORT", "0"));
  }

  private List<String> problems(Map<String, String> environment) {
    return Preflight.problems(new SettingSources(environment, List.of(variables)));
  }
}
