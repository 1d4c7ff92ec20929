package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thread as the kernel sees it (proc(5)).
 *
 * @param name its first 15 letters
 * @param niceness -20 to 19: the nicer one goes last
 */
record KernelThread(String name, int niceness) {
  /** Of the fields behind the name. */
  private static final int NICENESS = 16;

  /** Those of a process. */
  static List<KernelThread> of(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      return threads.flatMap(KernelThread::read).toList();
    }
  }

  private static Stream<KernelThread> read(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      int nameEnd = stat.lastIndexOf(')');
      List<String> fields = List.of(stat.substring(nameEnd + 2).strip().split(" "));
      return Stream.of(
          new KernelThread(
              stat.substring(stat.indexOf('(') + 1, nameEnd),
              Integer.parseInt(fields.get(NICENESS))));
    } catch (IOException e) {
      // It has ended meanwhile.
      return Stream.empty();
    }
  }

  /** Of all whose names begin like one of these. */
  static List<Integer> niceness(List<KernelThread> threads, String... beginnings) {
    return threads.stream()
        .filter(thread -> Stream.of(beginnings).anyMatch(thread.name()::startsWith))
        .map(KernelThread::niceness)
        .toList();
  }
}
