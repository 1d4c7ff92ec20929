package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other programmes, run to their end. */
final class Commands {

  private Commands() {}

  /**
   * @return what it wrote
   * @throws IOException when it failed
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(String.join(" ", command), output));
    }
    return output;
  }
}
