package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The commands of docs/runbook.md, section by section, as an operator types them. */
final class Runbook {
  private static final Path PAGE =
      Path.of(System.getProperty("crosspoint.project"), "docs", "runbook.md");
  private static final String SECTION = "## ";
  private static final String COMMANDS = "```sh";
  private static final String END = "```";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Deque<Block> blocks;
  private final Path told;

  /** Commands that are given together. */
  private record Block(String section, String commands) {}

  private Runbook(List<Block> blocks, Path told) {
    this.blocks = new ArrayDeque<>(blocks);
    this.told = told;
  }

  /**
   * @param told where what the commands write is kept, all of it
   */
  static Runbook open(Path told) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String section = "";
    StringBuilder commands = new StringBuilder();
    boolean within = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (!within && line.startsWith(SECTION)) {
        section = line.substring(SECTION.length());
      } else if (within && line.equals(END)) {
        blocks.add(new Block(section, commands.toString()));
        commands.setLength(0);
        within = false;
      } else if (within) {
        commands.append(line).append('\n');
      } else {
        within = line.equals(COMMANDS);
      }
    }
    Files.deleteIfExists(told);
    return new Runbook(blocks, told);
  }

  /** The title of the section that comes next; empty after the last one. */
  String next() {
    return blocks.isEmpty() ? "" : blocks.getFirst().section();
  }

  /**
   * Runs all blocks of the next section, each of which must succeed.
   *
   * @param section its title
   * @return what they wrote
   */
  String run(String section, Map<String, String> environment) throws Exception {
    assertThat(next()).isEqualTo(section);
    StringBuilder written = new StringBuilder();
    while (next().equals(section)) {
      Block block = blocks.removeFirst();
      assertThat(run(block, environment))
          .as("%s%n%s%n%s", section, block.commands(), Files.readString(told))
          .isZero();
      written.append(Files.readString(told.resolveSibling("block.txt")));
    }
    return written.toString();
  }

  /** How the first block of the next section ends; it is still to be run then. */
  int attempt(Map<String, String> environment) throws Exception {
    return run(blocks.getFirst(), environment);
  }

  /** Into a file: a server that is started here keeps the output open. */
  private int run(Block block, Map<String, String> environment) throws Exception {
    Path output = told.resolveSibling("block.txt");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.commands())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().putAll(environment);
    Process process = shell.start();
    assertThat(process.waitFor(PATIENCE)).as(block.commands()).isTrue();
    Files.writeString(
        told,
        (Files.exists(told) ? Files.readString(told) : "")
            + "# %s%n%s%n%s=> %d%n%n"
                .formatted(
                    block.section(),
                    block.commands(),
                    Files.readString(output),
                    process.exitValue()));
    return process.exitValue();
  }
}
