package dev.crosspoint.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LibertyServerTest {
  @Test
  void a_server_on_all_addresses_is_reached_as_localhost() {
    assertThat(LibertyServer.address(Map.of())).hasToString("http://localhost:9080/");
    assertThat(LibertyServer.address(Map.of("CROSSPOINT_HTTP_HOST", "0.0.0.0")))
        .hasToString("http://localhost:9080/");
  }

  @Test
  void a_server_on_one_address_is_reached_there() {
    assertThat(
            LibertyServer.address(
                Map.of("CROSSPOINT_HTTP_HOST", "192.0.2.7", "CROSSPOINT_HTTP_PORT", "8080")))
        .hasToString("http://192.0.2.7:8080/");
    assertThat(LibertyServer.address(Map.of("CROSSPOINT_HTTP_HOST", "2001:db8::7")))
        .hasToString("http://[2001:db8::7]:9080/");
  }
}
