package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Places loads on the packaged server, and writes down what forwarding costs, beside the physical
 * limit on the same machine: {@code ./mvnw verify -Pload}. Not part of the tests: it wants the
 * machine for itself.
 */
class LoadMeasurement {
  private static final Path PROJECT = Path.of(System.getProperty("crosspoint.project"));
  private static final Path OUTPUT = Path.of(System.getProperty("crosspoint.e2e.output"));
  private static final JsonMapper JSON = new JsonMapper();
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int SECONDS =
      Integer.parseInt(System.getProperty("crosspoint.load.seconds"));

  /** Of loads that are not measured by time. */
  private static final int WARM_UP_SECONDS = Math.min(60, SECONDS);

  private static final String RECEIVERS = "200";

  private static final double KILO = 1_000;
  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;
  private static final double P999 = 0.999;
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

  /**
   * So long after its start the server has looked for persistent timers, two minutes after it
   * ({@code data.xml}), and keeps what belongs to them since.
   */
  private static final Duration ALL_LOADED = Duration.ofSeconds(150);

  /**
   * What one server is asked to do, in order.
   *
   * @param settings of the server, beside those that all have
   * @param warmUp does not count: the server's code is compiled meanwhile
   */
  private record Course(
      Map<String, String> settings, List<List<String>> warmUp, List<Load> loads) {}

  /**
   * Something that a server is asked to do.
   *
   * @param limit which of the limit's figures it is compared with
   */
  private record Load(
      List<String> options, Optional<Function<PhysicalLimit.Figures, PhysicalLimit.Cost>> limit) {
    Load(String... options) {
      this(List.of(options), Optional.empty());
    }

    static Load fanOut(
        Function<PhysicalLimit.Figures, PhysicalLimit.Cost> limit, String... options) {
      return new Load(
          Stream.concat(Stream.of("--fan-out", RECEIVERS), Stream.of(options)).toList(),
          Optional.of(limit));
    }
  }

  private static final Course EVERYTHING =
      new Course(
          Map.of(),
          List.of(List.of("--meeting", "20"), List.of("--fan-out", RECEIVERS)),
          List.of(
              new Load("--meeting", "20"),
              new Load("--meeting", "25"),
              Load.fanOut(PhysicalLimit.Figures::even, "--spacing", "even"),
              Load.fanOut(PhysicalLimit.Figures::pictures, "--spacing", "pictures"),
              Load.fanOut(PhysicalLimit.Figures::offloaded, "--spacing", "pictures", "--offload")));

  private static final Course SELECTED =
      new Course(
          Map.of("CROSSPOINT_LOUDEST_AUDIO", "3", "CROSSPOINT_LAST_VIDEO", "9"),
          List.of(List.of("--meeting", "20", "--heard", "3", "--shown", "9")),
          List.of(new Load("--meeting", "50", "--heard", "3", "--shown", "9")));

  /**
   * What a load came to.
   *
   * @param beside what the limit was before and after it, where it is compared with it
   */
  private record Outcome(JsonNode figures, List<PhysicalLimit.Figures> beside, String ofLimit) {}

  @Test
  void measure() throws Exception {
    PhysicalLimit limit =
        PhysicalLimit.of(PROJECT.resolve("media-connector/bench/src/main/c/limit.c"), OUTPUT);
    List<JsonNode> parts = new PartsBenchmarks(BenchTool.JARS, OUTPUT).run();
    double memory = kiloBytesOfReceiver();
    List<Outcome> outcomes = new ArrayList<>(run(EVERYTHING, limit));
    outcomes.addAll(run(SELECTED, limit));
    write(outcomes, parts, memory);
    assertThat(outcomes)
        .extracting(Outcome::figures)
        .allSatisfy(result -> {
          assertThat(result.path("unreadable").asLong()).as("unreadable packets").isZero();
          assertThat(result.path("silentStreams").asLong()).as("streams that never came").isZero();
        });
  }

  private static RunningServer start(Map<String, String> special) throws Exception {
    Map<String, String> settings = new HashMap<>(special);
    settings.put("CROSSPOINT_MEDIA_LOOPS", "1");
    settings.put("CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES", "127.0.0.1");
    settings.put("CROSSPOINT_CALL_CAPACITY", "250");
    // Compilers that end take what they have used out of the threads' figures.
    settings.put("JVM_ARGS", "-XX:-UseDynamicNumberOfCompilerThreads");
    return RunningServer.start(settings);
  }

  private static List<Outcome> run(Course course, PhysicalLimit limit) throws Exception {
    List<Outcome> outcomes = new ArrayList<>();
    try (RunningServer server = start(course.settings())) {
      long pid = ServerJvm.of(server).pid();
      if (CORES > 1) {
        Commands.run("taskset", "-a", "-c", "-p", "0", String.valueOf(pid));
      }
      for (List<String> load : course.warmUp()) {
        load(server, pid, WARM_UP_SECONDS, load);
      }
      for (Load load : course.loads()) {
        outcomes.add(measured(server, pid, load, limit));
      }
    }
    return outcomes;
  }

  private static Outcome measured(RunningServer server, long pid, Load load, PhysicalLimit limit)
      throws IOException, InterruptedException {
    List<String> settled = new ArrayList<>(load.options());
    settled.add("--settled");
    if (load.limit().isEmpty()) {
      return new Outcome(load(server, pid, SECONDS, settled), List.of(), "–");
    }
    PhysicalLimit.Figures before = limit.measure();
    JsonNode figures = load(server, pid, SECONDS, settled);
    List<PhysicalLimit.Figures> beside = List.of(before, limit.measure());
    PhysicalLimit.Cost least = load.limit().get().apply(PhysicalLimit.Figures.mean(beside));
    double micros = figures.path("microsPerPacket").asDouble();
    String times = tenths(micros / least.fast()) + ", " + tenths(micros / least.paced());
    return new Outcome(figures, beside, times);
  }

  /**
   * How much more the server's heap holds while a call of many receivers runs: everything of
   * theirs, from signalling to the engine, by receivers.
   */
  private static double kiloBytesOfReceiver() throws Exception {
    try (RunningServer server = start(Map.of());
        ExecutorService beside = Executors.newSingleThreadExecutor()) {
      ServerJvm jvm = ServerJvm.of(server);
      long startedNs = System.nanoTime();
      load(server, jvm.pid(), WARM_UP_SECONDS, List.of("--fan-out", "20"));
      Thread.sleep(ALL_LOADED.minusNanos(System.nanoTime() - startedNs));
      long before = jvm.liveObjects().bytes();
      Future<JsonNode> call =
          beside.submit(
              () -> load(server, jvm.pid(), WARM_UP_SECONDS, List.of("--fan-out", RECEIVERS)));
      List<Long> during = new ArrayList<>();
      while (!call.isDone()) {
        during.add(jvm.liveObjects().bytes());
        Thread.sleep(SWEEP_EVERY);
      }
      assertThat(call.get().path("silentStreams").asLong()).isZero();
      // Most of the time everybody is there.
      long median = during.stream().sorted().toList().get(during.size() / 2);
      return (median - before) / KILO / Integer.parseInt(RECEIVERS);
    }
  }

  private static JsonNode load(RunningServer server, long pid, int seconds, List<String> load)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (CORES > 1) {
      command.addAll(List.of("taskset", "-c", "1"));
    }
    command.addAll(
        BenchTool.LOAD.command(
            server, "--json", "--pid", String.valueOf(pid), "--seconds", String.valueOf(seconds)));
    command.addAll(load);
    String output = Commands.run(command.toArray(String[]::new));
    System.out.println(output);
    return JSON.readTree(output.strip().lines().toList().getLast());
  }

  private static void write(List<Outcome> outcomes, List<JsonNode> parts, double memory)
      throws IOException {
    PhysicalLimit.Figures limit =
        PhysicalLimit.Figures.mean(
            outcomes.stream().flatMap(outcome -> outcome.beside().stream()).toList());
    String processor =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("of unknown kind");
    String page =
        template()
            .replace("__TABLE__", table(outcomes))
            .replace("__RECEIVER__", String.format(Locale.ROOT, "%.0f", memory))
            .replace("__PARTS__", PartsBenchmarks.table(parts))
            .replace("__CORES__", String.valueOf(CORES))
            .replace("__PROCESSOR__", processor)
            .replace("__SECONDS__", String.valueOf(SECONDS))
            .replace("__WARM_UP__", outcomes.getFirst().figures().path("warmUpSeconds").asString())
            .replace("__EVEN__", tenths(limit.even().fast()))
            .replace("__PICTURES__", tenths(limit.pictures().fast()))
            .replace("__OFFLOADED__", tenths(limit.offloaded().fast()))
            .replace("__PACED_EVEN__", tenths(limit.even().paced()))
            .replace("__PACED_PICTURES__", tenths(limit.pictures().paced()))
            .replace("__PACED_OFFLOADED__", tenths(limit.offloaded().paced()))
            .replace("__LATE__", late(limit));
    Files.writeString(PROJECT.resolve("docs/load.md"), page);
  }

  private static String late(PhysicalLimit.Figures limit) {
    return "%s, %s, %s ms"
        .formatted(
            tenths(limit.lateMs(MEDIAN)), tenths(limit.lateMs(P99)), tenths(limit.lateMs(P999)));
  }

  private static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String table(List<Outcome> outcomes) {
    StringBuilder table =
        new StringBuilder(
            """
            | load | packets a second | CPU per packet: process, of it the media loop, compiling, collecting garbage (how often) | times the limit: as fast as can be, at the same pace | share of a \
            core | garbage per packet | latency: median, p99, p99.9 | until the tool has read it | lost | out of order | replayed | set-up of each: process, of it the media loop, compiling |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """);
    for (Outcome outcome : outcomes) {
      JsonNode result = outcome.figures();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.1f µs, %.1f µs, %.1f µs, %.1f µs (%d) | %s | %.0f %% | %.0f B | %.1f ms, %.1f ms, %.1f ms | %.1f ms, %.1f ms, %.1f ms | %d | %d |"
                  + " %d | %.1f ms, %.1f ms, %.1f ms |%n",
              result.path("load").asString(),
              result.path("packetsPerSecond").asLong(),
              result.path("microsPerPacket").asDouble(),
              result.path("loopMicrosPerPacket").asDouble(),
              result.path("compilingMicrosPerPacket").asDouble(),
              result.path("collectingMicrosPerPacket").asDouble(),
              result.path("collections").asLong(),
              outcome.ofLimit(),
              100 * result.path("coreShare").asDouble(),
              result.path("bytesPerPacket").asDouble(),
              result.path("p50Ms").asDouble(),
              result.path("p99Ms").asDouble(),
              result.path("p999Ms").asDouble(),
              result.path("readP50Ms").asDouble(),
              result.path("readP99Ms").asDouble(),
              result.path("readP999Ms").asDouble(),
              result.path("lost").asLong(),
              result.path("reordered").asLong(),
              result.path("replayed").asLong(),
              result.path("setUpCpuMs").asDouble(),
              result.path("setUpLoopMs").asDouble(),
              result.path("setUpCompilingMs").asDouble()));
    }
    return table.toString().strip();
  }

  private static String template() throws IOException {
    try (InputStream page = LoadMeasurement.class.getResourceAsStream("/e2e/load.md")) {
      return new String(
          Objects.requireNonNull(page, "load.md").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
