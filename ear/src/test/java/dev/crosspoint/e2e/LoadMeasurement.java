package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private static final String SECONDS = System.getProperty("crosspoint.load.seconds");
  private static final String TOOL = "dev.crosspoint.bench.load.LoadTool";

  /**
   * Not on the path of the tests: what the tool needs would move into the application's archive.
   */
  private static final Path TOOL_JARS = PROJECT.resolve("media-connector/bench/target/tool");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "CROSSPOINT_MEDIA_LOOPS", "1",
          "CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES", "127.0.0.1",
          "CROSSPOINT_CALL_CAPACITY", "250");

  /** Does not count: the server's code is compiled meanwhile. */
  private static final List<String> WARM_UP = List.of("--meeting", "20");

  private static final List<List<String>> LOADS =
      List.of(
          List.of("--fan-out", "200", "--spacing", "even"),
          List.of("--fan-out", "200", "--spacing", "pictures"),
          List.of("--meeting", "20"),
          List.of("--meeting", "25"));

  @Test
  void measure() throws Exception {
    JsonNode limit = limit();
    List<JsonNode> results = new ArrayList<>();
    try (RunningServer server = RunningServer.start(SETTINGS)) {
      long pid = java(server.process());
      if (CORES > 1) {
        run("taskset", "-a", "-c", "-p", "0", String.valueOf(pid));
      }
      load(server, pid, WARM_UP);
      for (List<String> load : LOADS) {
        results.add(load(server, pid, load));
      }
    }
    write(results, limit);
    assertThat(results)
        .allSatisfy(result -> {
          assertThat(result.path("unreadable").asLong()).as("unreadable packets").isZero();
          assertThat(result.path("silentStreams").asLong()).as("streams that never came").isZero();
        });
  }

  private static JsonNode limit() throws IOException, InterruptedException {
    run(
        System.getProperty("crosspoint.scripts") + "/install-test-packages",
        "cc:gcc",
        "/usr/include/stdio.h:libc6-dev",
        "/usr/include/openssl/evp.h:libssl-dev");
    String binary = Files.createDirectories(OUTPUT).resolve("limit").toString();
    String source = PROJECT.resolve("media-connector/bench/src/main/c/limit.c").toString();
    run("cc", "-O2", source, "-o", binary, "-lcrypto");
    return JSON.readTree(run(binary));
  }

  /** The server's JVM: the process itself, or what its script has started. */
  private static long java(ProcessHandle server) {
    return Stream.concat(Stream.of(server), server.descendants())
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server has no JVM"))
        .pid();
  }

  private static JsonNode load(RunningServer server, long pid, List<String> load)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (CORES > 1) {
      command.addAll(List.of("taskset", "-c", "1"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            TOOL_JARS.resolve("*").toString(),
            TOOL,
            "--json",
            "--server",
            server.http().toString(),
            "--pid",
            String.valueOf(pid),
            "--seconds",
            SECONDS));
    command.addAll(load);
    String output = run(command.toArray(String[]::new));
    System.out.println(output);
    return JSON.readTree(output.strip().lines().toList().getLast());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(String.join(" ", command), output));
    }
    return output;
  }

  private static void write(List<JsonNode> results, JsonNode limit) throws IOException {
    String processor =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("of unknown kind");
    String page =
        template()
            .replace("__TABLE__", table(results))
            .replace("__CORES__", String.valueOf(CORES))
            .replace("__PROCESSOR__", processor)
            .replace("__SECONDS__", SECONDS)
            .replace("__WARM_UP__", results.getFirst().path("warmUpSeconds").asString())
            .replace("__EVEN__", micros(limit, "evenMicros"))
            .replace("__PICTURES__", micros(limit, "picturesMicros"));
    Files.writeString(PROJECT.resolve("docs/load.md"), page);
  }

  private static String micros(JsonNode figures, String name) {
    return String.format(Locale.ROOT, "%.1f", figures.path(name).asDouble());
  }

  private static String table(List<JsonNode> results) {
    StringBuilder table =
        new StringBuilder(
            """
            | load | packets a second | CPU per packet | share of a core | latency: median, p99, \
            p99.9 | lost | out of order | set-up of each: CPU, memory |
            |---|---|---|---|---|---|---|---|
            """);
    for (JsonNode result : results) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.1f µs | %.0f %% | %.1f ms, %.1f ms, %.1f ms | %d | %d | %.1f ms,"
                  + " %.0f kB |%n",
              result.path("load").asString(),
              result.path("packetsPerSecond").asLong(),
              result.path("microsPerPacket").asDouble(),
              100 * result.path("coreShare").asDouble(),
              result.path("p50Ms").asDouble(),
              result.path("p99Ms").asDouble(),
              result.path("p999Ms").asDouble(),
              result.path("lost").asLong(),
              result.path("reordered").asLong(),
              result.path("setUpCpuMs").asDouble(),
              result.path("setUpKiloBytes").asDouble()));
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
