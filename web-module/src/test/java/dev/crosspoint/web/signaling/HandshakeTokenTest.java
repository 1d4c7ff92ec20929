package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTokenTest {
  @Test
  void the_token_is_found_in_one_header_or_in_several() {
    assertThat(HandshakeToken.from(List.of("crosspoint.v1, bearer.a.b.c")))
        .isEqualTo(HandshakeToken.from(List.of("crosspoint.v1", "bearer.a.b.c")));
    assertThat(HandshakeToken.from(List.of("crosspoint.v1,bearer.a.b.c")).bearer())
        .contains("a.b.c");
  }

  @Test
  void a_client_that_speaks_another_protocol_is_seen() {
    assertThat(HandshakeToken.from(List.of("chat, bearer.a.b.c")).protocolOffered()).isFalse();
    assertThat(HandshakeToken.from(List.of()).bearer()).isEmpty();
  }

  @Test
  void the_token_is_not_in_the_text() {
    assertThat(HandshakeToken.from(List.of("bearer.secret")).toString()).doesNotContain("secret");
  }
}
