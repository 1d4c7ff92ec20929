package dev.crosspoint.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.boundary.CallStatus;
import dev.crosspoint.call.boundary.CallView;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.web.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private final JsonBody json = new JsonBody();

  @Test
  void a_request_is_read_and_space_around_a_name_is_dropped() throws IOException {
    assertThat(read("{\"name\":\"  Stand-up \"}")).isEqualTo(new NewCallRequest("Stand-up"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"name\":null}",
        "{\"name\":\" \"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"a\",\"other\":1}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\"} x"
      })
  void what_is_no_request_is_refused_as_a_bad_message(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_MESSAGE));
  }

  @Test
  void a_request_without_end_is_refused_after_a_few_kilobytes() {
    assertThatThrownBy(() -> read("{\"name\":\"" + "a".repeat(1 << 20)))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE));
  }

  @Test
  void a_call_is_written_with_an_iso_time() throws IOException {
    CallView call =
        new CallView(
            "c1",
            "Stand-up",
            Instant.parse("2026-01-02T03:04:05Z"),
            CallStatus.OPEN,
            TopologyMode.SFU);
    assertThat(written(call))
        .isEqualTo(
            "{\"callId\":\"c1\",\"name\":\"Stand-up\",\"createdAt\":\"2026-01-02T03:04:05Z\","
                + "\"status\":\"OPEN\",\"mode\":\"SFU\"}");
  }

  @Test
  void a_problem_leaves_out_what_it_does_not_know() throws IOException {
    assertThat(written(new Problem(ErrorCode.FORBIDDEN, "no"))).doesNotContain("retryAfterMs");
    assertThat(written(new Problem(ErrorCode.RATE_LIMITED, "no", OptionalLong.of(5))))
        .contains("\"retryAfterMs\":5");
  }

  private Record read(String body) throws IOException {
    @SuppressWarnings("unchecked")
    Class<Record> type = (Class<Record>) (Class<?>) NewCallRequest.class;
    return json.readFrom(
        type,
        type,
        new Annotation[0],
        MediaType.APPLICATION_JSON_TYPE,
        new MultivaluedHashMap<>(),
        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private String written(Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    json.writeTo(
        value,
        value.getClass(),
        value.getClass(),
        new Annotation[0],
        MediaType.APPLICATION_JSON_TYPE,
        new MultivaluedHashMap<>(),
        out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
