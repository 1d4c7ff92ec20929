package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crosspoint.contract.AnswerFrame;
import dev.crosspoint.contract.ClientFrame;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.EventFrame;
import dev.crosspoint.contract.MessageTypes;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.media.api.DtlsRole;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.web.json.ContractSchemas;
import dev.crosspoint.web.json.JsonMapping;
import dev.crosspoint.web.json.SchemaSamples;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignalingCodecTest {
  private static final ContractSchemas SCHEMAS = new ContractSchemas();
  private static final JsonMapper MAPPER = JsonMapping.mapper(1_000_000, 64);

  private final SignalingCodec codec = new SignalingCodec(TestSettings.SETTINGS, SCHEMAS);

  @TestFactory
  Stream<DynamicTest> every_request_with_every_property_survives_reading_and_writing() {
    return MessageTypes.CLIENT_MESSAGE.keySet().stream()
        .map(type ->
            DynamicTest.dynamicTest(
                type,
                () -> {
                  JsonNode frame = SchemaSamples.full().of("signaling", "ClientFrame." + type);
                  ClientFrame read = codec.decode(frame.toString());
                  assertThat(MessageTypes.nameOf(read.message())).isEqualTo(type);
                  assertThat(MAPPER.readTree(MAPPER.writeValueAsString(read)))
                      .isEqualTo(MAPPER.readTree(frame.toString()));
                }));
  }

  @TestFactory
  Stream<DynamicTest> every_request_can_leave_out_what_is_optional() {
    return MessageTypes.CLIENT_MESSAGE.keySet().stream()
        .map(type ->
            DynamicTest.dynamicTest(
                type,
                () -> {
                  JsonNode frame = SchemaSamples.bare().of("signaling", "ClientFrame." + type);
                  ClientFrame read = codec.decode(frame.toString());
                  JsonNode written = MAPPER.valueToTree(read);
                  assertThat(
                          SCHEMAS.definition("signaling", "ClientFrame." + type).validate(written))
                      .isEmpty();
                  assertThat(codec.decode(written.toString())).isEqualTo(read);
                }));
  }

  @TestFactory
  Stream<DynamicTest> every_answer_is_written_as_its_schema_says() {
    return MessageTypes.SERVER_REPLY.keySet().stream()
        .flatMap(type -> Stream.of(true, false).map(full -> written("ServerReply", type, full)));
  }

  @TestFactory
  Stream<DynamicTest> every_event_is_written_as_its_schema_says() {
    return MessageTypes.SERVER_EVENT.keySet().stream()
        .flatMap(type -> Stream.of(true, false).map(full -> written("ServerEvent", type, full)));
  }

  private DynamicTest written(String choice, String type, boolean full) {
    return DynamicTest.dynamicTest(
        type + (full ? " in full" : " bare"),
        () -> {
          SchemaSamples samples = full ? SchemaSamples.full() : SchemaSamples.bare();
          JsonNode message = samples.of("signaling", choice + "." + type);
          JsonNode frame =
              MAPPER.readTree(
                  codec.encode(
                      switch (choice) {
                        case "ServerReply" ->
                            new AnswerFrame(5, MAPPER.treeToValue(message, ServerReply.class));
                        default ->
                            new EventFrame(1, 2, MAPPER.treeToValue(message, ServerEvent.class));
                      }));
          assertThat(SCHEMAS.definition("signaling", "ServerFrame").validate(frame)).isEmpty();
          if (full) {
            assertThat(frame.get("message")).isEqualTo(MAPPER.readTree(message.toString()));
          }
        });
  }

  @Test
  void what_a_browser_leaves_out_of_rtp_parameters_gets_the_default_of_ortc() throws Exception {
    ClientFrame frame =
        codec.decode(
            """
            {"id":1,"epoch":3,"message":{"type":"produce","pathId":"p","transportId":"t","sourceId":"s",
             "kind":"video","paused":false,"rtpParameters":{"codecs":[{"mimeType":"video/VP8",
             "payloadType":96,"clockRate":90000,"parameters":{"x-google-start-bitrate":1000},
             "rtcpFeedback":[{"type":"nack"}]}],"encodings":[{"ssrc":4294967295,"rtx":{"ssrc":1}}]}}}
            """);
    RtpParameters rtp = ((ClientMessage.Produce) frame.message()).rtpParameters();
    assertThat(frame.epoch()).hasValue(3);
    assertThat(rtp.mid()).isEmpty();
    assertThat(rtp.rtcp().reducedSize()).isTrue();
    assertThat(rtp.codecs().getFirst().channels()).isEqualTo(1);
    assertThat(rtp.codecs().getFirst().parameters()).containsEntry("x-google-start-bitrate", 1000);
    assertThat(rtp.codecs().getFirst().rtcpFeedback().getFirst().parameter()).isEmpty();
    assertThat(rtp.encodings().getFirst().ssrc()).hasValue(4294967295L);
    assertThat(rtp.encodings().getFirst().rtxSsrc()).hasValue(1);
  }

  @Test
  void a_dtls_role_left_out_is_auto() throws Exception {
    ClientFrame frame =
        codec.decode(
            """
            {"id":1,"epoch":3,"message":{"type":"connectWebRtcTransport","pathId":"p","transportId":"t",
             "dtlsParameters":{"fingerprints":[{"algorithm":"sha-256","value":"AB"}]}}}
            """);
    assertThat(((ClientMessage.ConnectWebRtcTransport) frame.message()).dtlsParameters().role())
        .isEqualTo(DtlsRole.auto);
  }

  @Test
  void a_fault_is_told_with_its_place_and_the_request_it_was_in() {
    MalformedFrameException fault =
        fault(
            """
            {"id":9,"message":{"type":"join","displayName":"Ada","sources":[{"sourceId":"s","kind":"smell",
             "role":"CAMERA","muted":false}],"device":{"browser":"b","version":"1","sfuCapable":true}}}
            """);
    assertThat(fault.code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    assertThat(fault.requestId()).isEqualTo(OptionalLong.of(9));
    assertThat(fault.explanation()).startsWith("/message/sources/0/kind").doesNotContain("smell");
  }

  @Test
  void a_message_about_media_needs_an_epoch() {
    assertThat(
            fault(
                    """
                    {"id":9,"message":{"type":"pauseProducer","pathId":"p","producerId":"q"}}
                    """)
                .code())
        .isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  @Test
  void a_message_that_does_not_exist_is_told_apart_from_a_bad_one() {
    MalformedFrameException fault = fault("{\"id\":4,\"message\":{\"type\":\"makeCoffee\"}}");
    assertThat(fault.code()).isEqualTo(ErrorCode.UNKNOWN_MESSAGE);
    assertThat(fault.requestId()).isEqualTo(OptionalLong.of(4));
    assertThat(fault.explanation()).doesNotContain("makeCoffee");
  }

  @Test
  void a_message_that_is_too_long_is_not_even_parsed() {
    String text = "[".repeat(TestSettings.SETTINGS.maxMessageLength() + 1);
    assertThat(fault(text).code()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "0",
        "[]",
        "{}",
        "\"text\"",
        "{\"id\":1}",
        "{\"id\":1,\"message\":null}",
        "{\"id\":null,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":0,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":-1,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1.5,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1e999,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":\"1\",\"message\":{\"type\":\"leave\"}}",
        "{\"id\":9007199254740992,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1,\"id\":2,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1,\"message\":{\"type\":null}}",
        "{\"id\":1,\"message\":{\"type\":[\"leave\"]}}",
        "{\"id\":1,\"message\":{\"type\":\"leave\",\"extra\":1}}",
        "{\"id\":1,\"message\":{\"type\":\"leave\"},\"extra\":1}",
        "{\"id\":1,\"message\":{\"type\":\"leave\"}} {}",
        "{\"id\":1,\"message\":{\"type\":\"leave\"}",
        "{'id':1,'message':{'type':'leave'}}",
        "{\"id\":NaN,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1,\"ack\":-1,\"message\":{\"type\":\"leave\"}}",
        "{\"id\":1,\"message\":{\"type\":\"resume\",\"sessionId\":\"../x\",\"lastSeq\":0}}",
        "\u0000\uD800"
      })
  void what_is_no_request_is_refused_as_a_bad_message(String text) {
    assertThat(fault(text).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  @Test
  void nesting_without_end_is_refused() {
    for (String opening : new String[] {"[", "{\"a\":", "{\"id\":1,\"message\":{\"type\":[["}) {
      assertThat(fault(opening.repeat(2_000)).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }
  }

  @Test
  void a_number_of_a_thousand_digits_is_refused() {
    assertThat(fault("{\"id\":" + "9".repeat(1000) + ",\"message\":{\"type\":\"leave\"}}").code())
        .isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  @Test
  void random_damage_to_good_messages_is_read_or_refused_and_nothing_else() {
    Random random = new Random(20261123);
    for (String type : MessageTypes.CLIENT_MESSAGE.keySet()) {
      String good = SchemaSamples.full().of("signaling", "ClientFrame." + type).toString();
      for (int round = 0; round < 200; round++) {
        String damaged = damaged(good, random);
        try {
          assertThat(codec.decode(damaged).id()).isPositive();
        } catch (MalformedFrameException e) {
          assertThat(e.explanation()).isNotBlank();
        }
      }
    }
  }

  private static String damaged(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int hit = random.nextInt(1, 4); hit > 0; hit--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(Character.MAX_VALUE));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, "null");
        case 3 -> text.insert(at, "{}[],:\"\\".charAt(random.nextInt(8)));
        default -> text.insert(at, Long.toString(random.nextLong()));
      }
    }
    return text.toString();
  }

  private MalformedFrameException fault(String text) {
    return catchThrowableOfType(MalformedFrameException.class, () -> codec.decode(text));
  }
}
