package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that has no memory left ends, and people go on in their call when it is back. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutOfMemoryIT {
  private static final String JVM_ARGS = "JVM_ARGS";
  private static final String SMALL = "-Xmx384m " + HeapBallast.ALLOWED;

  /** The JVM's exit code for it. */
  private static final int OUT_OF_MEMORY = 3;

  @Test
  void it_ends_with_a_picture_of_its_heap_where_one_is_wanted_and_people_come_back(
      @TempDir Path agents, @TempDir Path pictures) throws Exception {
    try (RunningServer server =
        RunningServer.startBeside("out-of-memory", Map.of(JVM_ARGS, SMALL))) {
      TestCall call = TestCall.create(server);
      Path directory = ServerJvm.of(server).directory();
      HeapBallast ballast = HeapBallast.of(server, agents);
      try (Person ada = call.joinSilent("Ada");
          Person ben = call.joinSilent("Ben")) {
        exhaust(server, ballast);
        assertThat(picturesIn(directory)).isEmpty();

        server.startAgain(
            Map.of(
                JVM_ARGS, SMALL + " -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=" + pictures));
        try (Person adaAgain = comeBack(call, ada);
            Person benAgain = comeBack(call, ben)) {
          assertThat(benAgain.epoch()).isGreaterThan(ben.epoch());
          assertThat(
                  adaAgain
                      .socket()
                      .event("participantJoined")
                      .at("/message/participant/participantId")
                      .asString())
              .isEqualTo(benAgain.id());

          exhaust(server, ballast);
        }
      }
      assertThat(picturesIn(pictures))
          .singleElement()
          .satisfies(picture -> assertThat(picture).isNotEmptyFile());
    }
  }

  /** Nobody ends the process, and nobody has to. */
  private static void exhaust(RunningServer server, HeapBallast ballast) throws Exception {
    ballast.exhaust();
    Eventually.await("the end of the server", () -> !server.process().isAlive());
    assertThat(server.awaitEnd()).isEqualTo(OUT_OF_MEMORY);
  }

  /** As a page does whose server does not know its session any more. */
  private static Person comeBack(TestCall call, Person before) {
    SignalingClient socket = SignalingClient.open(call.server(), before.token());
    JsonNode forgotten =
        socket.request(
            "{\"type\": \"resume\", \"sessionId\": \"%s\", \"lastSeq\": 0}"
                .formatted(before.session()));
    assertThat(SignalingClient.code(forgotten)).isEqualTo("SESSION_EXPIRED");
    JsonNode joined = socket.request(TestCall.joining(before.name())).path("message");
    assertThat(joined.path("callId").asString()).isEqualTo(call.callId());
    return new Person(before.name(), before.token(), socket, joined);
  }

  private static List<Path> picturesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".hprof")).toList();
    }
  }
}
