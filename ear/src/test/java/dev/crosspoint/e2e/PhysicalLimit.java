package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
   * @param even packets go alone
   * @param pictures the four packets of a picture go together
   * @param pacedEven alone, at the pace of the load
   * @param pacedPictures together, at the pace of the load
   * @param lateMicros by how much a thread woke up late when it slept until the next packet
   */
  record Figures(
      double even, double pictures, double pacedEven, double pacedPictures, List<Long> lateMicros) {

    static Figures mean(List<Figures> all) {
      return new Figures(
          mean(all, Figures::even),
          mean(all, Figures::pictures),
          mean(all, Figures::pacedEven),
          mean(all, Figures::pacedPictures),
          all.stream().flatMap(figures -> figures.lateMicros().stream()).toList());
    }

    private static double mean(List<Figures> all, ToDoubleFunction<Figures> figure) {
      return all.stream().mapToDouble(figure).average().orElseThrow();
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
        told.path("evenMicros").asDouble(),
        told.path("picturesMicros").asDouble(),
        told.path("pacedEvenMicros").asDouble(),
        told.path("pacedPicturesMicros").asDouble(),
        told.path("lateMicros").valueStream().map(JsonNode::asLong).toList());
  }
}
