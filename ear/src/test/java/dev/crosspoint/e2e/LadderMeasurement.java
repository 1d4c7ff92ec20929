package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A call of the load tool on a server whose machine is made busier and busier, to the end of the
 * ladder and back, and what the media engine sends at each rung: {@code ./mvnw verify -Pladder}.
 * Not part of the tests: it wants the machine for itself.
 */
class LadderMeasurement {
  private static final Path PROJECT = Path.of(System.getProperty("crosspoint.project"));
  private static final int PEOPLE = 8;

  /** What a call of so many sends when all pictures are forwarded in their largest size. */
  private static final double FULL_BYTES_PER_SECOND = PEOPLE * (PEOPLE - 1) * 26 * 4 * 1_200.0;

  private static final double NEARLY = 0.9;
  private static final double CLEARLY = 0.75;
  private static final double MEGA = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Until streams have changed, and over how long what is sent is counted. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static final Duration COUNTED = Duration.ofSeconds(3);

  /** The thresholds as shipped, the times shorter. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "JVM_ARGS", RunningServer.FULLY_COMPILED,
          "CROSSPOINT_LOAD_REDUCE_VIDEO", "70",
          "CROSSPOINT_LOAD_LIMIT_SCREENS", "80",
          "CROSSPOINT_LOAD_QUEUE", "90",
          "CROSSPOINT_LOAD_DWELL", "PT2S",
          "CROSSPOINT_LOAD_SCREEN_GRACE", "PT10S",
          "CROSSPOINT_LOAD_CALM", "PT10S",
          "CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES", "127.0.0.1");

  private final List<Rung> rungs = new ArrayList<>();

  /** What was seen at one rung. */
  private record Rung(double load, String limit, boolean open, Sent sent) {
    double bytes() {
      return sent.bytes();
    }
  }

  /**
   * What the media engine sends in a second.
   *
   * @param forwarded packets of sound and pictures
   * @param resent packets that receivers had missed
   * @param padding packets to find out how much a line takes
   */
  private record Sent(double bytes, double forwarded, double resent, double padding) {
    private static final String RTP = "crosspoint_media_rtp_sent_total{kind=\"%s\"";

    static Sent soFar(RunningServer server) throws Exception {
      return new Sent(
          server.metric("crosspoint_media_bytes_total{direction=\"out\""),
          server.metric(RTP.formatted("forward")),
          server.metric(RTP.formatted("resend")),
          server.metric(RTP.formatted("padding")));
    }

    Sent since(Sent before, double seconds) {
      return new Sent(
          (bytes - before.bytes) / seconds,
          (forwarded - before.forwarded) / seconds,
          (resent - before.resent) / seconds,
          (padding - before.padding) / seconds);
    }
  }

  @Test
  void measure() throws Exception {
    try (RunningServer server = RunningServer.startBeside("ladder", SETTINGS);
        Ballast ballast = new Ballast()) {
      RestClient admin = RestClient.of(server).as(TestCall.administrator(server));
      Process tool = startCall(server);
      try {
        climb(server, admin, ballast);
      } finally {
        tool.destroy();
      }
    }
    write();
  }

  private void climb(RunningServer server, RestClient admin, Ballast ballast) throws Exception {
    Eventually.await(
        "everything in full size",
        PATIENCE,
        () -> sent(server).bytes() > NEARLY * FULL_BYTES_PER_SECOND);
    Rung full = look(server, admin);
    assertThat(full.limit()).isEqualTo("NONE");

    ballast.aimAt(75, () -> load(admin));
    Rung reduced = reach("VIDEO_REDUCED", true, server, admin);
    assertThat(reduced.bytes()).isLessThan(CLEARLY * full.bytes());

    ballast.aimAt(85, () -> load(admin));
    Rung low = reach("SCREENS_LOW", true, server, admin);
    assertThat(low.bytes()).isLessThan(CLEARLY * reduced.bytes());
    assertLittle(reach("SCREENS_STOPPED", true, server, admin), low);

    ballast.aimAt(100, () -> load(admin));
    assertLittle(reach("SCREENS_STOPPED", false, server, admin), low);
    TestCall.Person newcomer = TestCall.create(server).joinSilent("Late");
    assertThat(newcomer.joined().path("status").asString()).isEqualTo("QUEUED");

    ballast.aimAt(65, () -> load(admin));
    reach("SCREENS_STOPPED", true, server, admin);
    JsonNode told = newcomer.socket().event("participantUpdated").at("/message/participant");
    assertThat(told.path("status").asString()).isEqualTo("ADMITTED");

    ballast.aimAt(0, () -> load(admin));
    reach("SCREENS_LOW", true, server, admin);
    reach("VIDEO_REDUCED", true, server, admin);
    Eventually.await("nothing given up", PATIENCE, () -> limit(admin).equals("NONE"));
    Eventually.await(
        "everything in full size",
        PATIENCE,
        () -> sent(server).bytes() > NEARLY * FULL_BYTES_PER_SECOND);
    look(server, admin);
    newcomer.close();
  }

  /** What was given up is not sent after all. */
  private static void assertLittle(Rung rung, Rung low) {
    assertThat(rung.bytes()).as("%s after %s", rung, low).isLessThan(low.bytes() / CLEARLY);
  }

  private Rung reach(String limit, boolean open, RunningServer server, RestClient admin)
      throws Exception {
    Eventually.await(
        limit + (open ? "" : ", newcomers wait"),
        PATIENCE,
        () -> limit(admin).equals(limit) && isOpen(admin) == open);
    return look(server, admin);
  }

  private Rung look(RunningServer server, RestClient admin) throws Exception {
    Thread.sleep(SETTLE);
    Sent sent = sent(server);
    JsonNode load = admin.get("admin/load").json();
    Rung rung =
        new Rung(
            load(admin),
            load.path("limit").asString(),
            load.path("newcomersLetIn").asBoolean(),
            sent);
    rungs.add(rung);
    System.out.println(rung);
    return rung;
  }

  private static Sent sent(RunningServer server) throws Exception {
    Sent before = Sent.soFar(server);
    long start = System.nanoTime();
    Thread.sleep(COUNTED);
    return Sent.soFar(server).since(before, (System.nanoTime() - start) / 1e9);
  }

  private static double load(RestClient admin) throws Exception {
    JsonNode load = admin.get("admin/load").json();
    return Math.max(load.path("cpu").asDouble(), load.path("loop").asDouble());
  }

  private static String limit(RestClient admin) throws Exception {
    return admin.get("admin/load").value("limit");
  }

  private static boolean isOpen(RestClient admin) throws Exception {
    return admin.get("admin/load").json().path("newcomersLetIn").asBoolean();
  }

  private static Process startCall(RunningServer server) throws IOException {
    return new ProcessBuilder(
            BenchTool.LOAD.command(
                server,
                "--pid",
                String.valueOf(ServerJvm.of(server).pid()),
                "--meeting",
                String.valueOf(PEOPLE),
                "--layers",
                "3",
                "--seconds",
                String.valueOf(PATIENCE.toSeconds() * 10)))
        .inheritIO()
        .start();
  }

  private void write() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            | given up | newcomers | load | sent | packets forwarded | sent again because missed | sent again unasked |
            |---|---|---|---|---|---|---|
            """);
    for (Rung rung : rungs) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.0f %% | %.1f MB/s | %,.0f /s | %,.0f /s | %,.0f /s |%n",
              rung.limit().toLowerCase(Locale.ROOT).replace('_', ' '),
              rung.open() ? "let in" : "wait",
              rung.load(),
              rung.bytes() / MEGA,
              rung.sent().forwarded(),
              rung.sent().resent(),
              rung.sent().padding()));
    }
    try (InputStream page = LadderMeasurement.class.getResourceAsStream("/e2e/ladder.md")) {
      String text =
          new String(
              Objects.requireNonNull(page, "ladder.md").readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          PROJECT.resolve("docs/ladder.md"), text.replace("__TABLE__", table.toString().strip()));
    }
  }
}
