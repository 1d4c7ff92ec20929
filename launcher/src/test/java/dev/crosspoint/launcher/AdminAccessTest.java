package dev.crosspoint.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AdminAccessTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");

  @Test
  void the_token_names_an_administrator_for_half_a_day() {
    String[] parts = AdminAccess.make().token(NOW).split("\\.", -1);
    assertThat(parts).hasSize(3);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertThat(claims)
        .contains("\"iss\":\"crosspoint\"", "\"groups\":[\"admin\"]")
        .contains("\"exp\":" + NOW.plusSeconds(12 * 3600).getEpochSecond());
    // R and S of P-256, as RFC 7518 (section 3.4) wants them.
    assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(64);
  }

  @Test
  void every_run_has_a_key_of_its_own() {
    assertThat(AdminAccess.make().tokenKey())
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .isNotEqualTo(AdminAccess.make().tokenKey());
  }
}
