package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the benchmarks of the parts (JMH) in a process of their own.
 *
 * @param jars directory with what they need
 * @param output directory for what they find
 */
record PartsBenchmarks(Path jars, Path output) {
  private static final JsonMapper JSON = new JsonMapper();

  /** What JMH says of each benchmark. */
  List<JsonNode> run() throws IOException, InterruptedException {
    Path result = Files.createDirectories(output).resolve("parts.json");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Commands.run(
        java,
        "-cp",
        jars.resolve("*").toString(),
        "org.openjdk.jmh.Main",
        "dev.crosspoint.bench.parts",
        "-rf",
        "json",
        "-rff",
        result.toString());
    return JSON.readTree(Files.readString(result)).valueStream().toList();
  }

  /** As a table. */
  static String table(List<JsonNode> results) {
    return results.stream()
        .map(PartsBenchmarks::row)
        .collect(Collectors.joining("\n", "| part | each |\n|---|---|\n", ""));
  }

  private static String row(JsonNode result) {
    String name = result.path("benchmark").asString();
    String parameters =
        result.path("params").properties().stream()
            .map(parameter -> ", " + parameter.getKey() + " " + parameter.getValue().asString())
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "| %s%s | %.2f ± %.2f µs |",
        name.substring("dev.crosspoint.bench.parts.".length()).replace("Benchmark.", ": "),
        parameters,
        result.path("primaryMetric").path("score").asDouble(),
        result.path("primaryMetric").path("scoreError").asDouble());
  }
}
