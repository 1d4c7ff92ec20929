package dev.crosspoint.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tools of the bench, which run in processes of their own. */
enum BenchTool {
  /** Places a call and measures what it costs the server. */
  LOAD("dev.crosspoint.bench.load.LoadTool"),
  /** Lets people pass through calls. */
  PASSAGE("dev.crosspoint.bench.load.PassageTool");

  /**
   * The tools with everything that they need. Not on the path of the tests: that would move it into
   * the application's archive.
   */
  static final Path JARS =
      Path.of(System.getProperty("crosspoint.project"), "media-connector/bench/target/tool");

  private final String main;

  BenchTool(String main) {
    this.main = main;
  }

  /** How it is started on a server. */
  List<String> command(RunningServer server, String... options) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                JARS.resolve("*").toString(),
                main,
                "--server",
                server.http().toString()),
            Stream.of(options))
        .toList();
  }
}
