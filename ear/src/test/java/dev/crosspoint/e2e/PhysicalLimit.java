package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What forwarding to many costs at least on this machine, measured again beside every load that is
 * compared with it: how much a shared machine gets done changes within minutes.
 */
final class PhysicalLimit {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double MICROS_IN_MS = 1_000;

  private final String binary;

  /**
   * Microseconds of CPU time for each packet.
   *
   * @param fast as fast as can be
   * @param paced at the pace of the load
   */
  record Cost(double fast, double paced) {
    private static Cost mean(List<Cost> all) {
      return new Cost(
          all.stream().mapToDouble(Cost::fast).average().orElseThrow(),
          all.stream().mapToDouble(Cost::paced).average().orElseThrow());
    }
  }

  /**
   * What was measured at one time.
   *
   * @param even packets go alone
   * @param pictures the four packets of a picture go together
   * @param offloaded the same, and the kernel does not cut them
   * @param lateMicros by how much a thread woke up late when it slept until the next packet
   */
  record Figures(Cost even, Cost pictures, Cost offloaded, List<Long> lateMicros) {

    static Figures mean(List<Figures> all) {
      return new Figures(
          Cost.mean(all.stream().map(Figures::even).toList()),
          Cost.mean(all.stream().map(Figures::pictures).toList()),
          Cost.mean(all.stream().map(Figures::offloaded).toList()),
          all.stream().flatMap(figures -> figures.lateMicros().stream()).toList());
    }

    /**
     * How late at most the thread woke up so often.
     *
     * @param share of the times, 0 to 1
     */
    double lateMs(double share) {
      List<Long> sorted = lateMicros.stream().sorted().toList();
      return sorted.get((int) (share * (sorted.size() - 1))) / MICROS_IN_MS;
    }
  }

  private PhysicalLimit(String binary) {
    this.binary = binary;
  }

  /**
   * Compiles it.
   *
   * @param source a programme in C
   * @param output where the binary is put
   */
  static PhysicalLimit of(Path source, Path output) throws IOException, InterruptedException {
    Commands.run(
        System.getProperty("crosspoint.scripts") + "/install-test-packages",
        "cc:gcc",
        "/usr/include/stdio.h:libc6-dev",
        "/usr/include/openssl/evp.h:libssl-dev");
    String binary = Files.createDirectories(output).resolve("limit").toString();
    Commands.run("cc", "-O2", source.toString(), "-o", binary, "-lcrypto");
    return new PhysicalLimit(binary);
  }

  Figures measure() throws IOException, InterruptedException {
    JsonNode told = JSON.readTree(Commands.run(binary));
    return new Figures(
        cost(told.path("even")),
        cost(told.path("pictures")),
        cost(told.path("offloaded")),
        told.path("lateMicros").valueStream().map(JsonNode::asLong).toList());
  }

  private static Cost cost(JsonNode told) {
    return new Cost(told.path("fastMicros").asDouble(), told.path("pacedMicros").asDouble());
  }
}
