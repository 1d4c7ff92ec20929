package dev.crosspoint.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process on this machine has used so far, as the kernel counts (proc(5)). */
record ServerProcess(long pid) {
  /** Of {@code utime} and {@code stime}: USER_HZ is 100 on every Linux. */
  private static final long TICK_NS = 10_000_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /**
   * What it has used until now. Threads that have ended count only in the whole: a server whose
   * compilers are to be told apart keeps them ({@code -XX:-UseDynamicNumberOfCompilerThreads}).
   */
  CpuTimes cpu() {
    List<ThreadTime> threads = threads();
    return new CpuTimes(
        cpuNs(read("stat")),
        sum(threads, "media-loop-"),
        sum(threads, "C1 Compiler", "C2 Compiler"),
        sum(threads, "ZDirector", "ZDriver", "ZWorker"));
  }

  private record ThreadTime(String name, long ns) {}

  private List<ThreadTime> threads() {
    try (Stream<Path> threads = Files.list(directory().resolve("task"))) {
      return threads.flatMap(thread -> time(thread).stream()).toList();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /** Empty when it has ended meanwhile. */
  private static Optional<ThreadTime> time(Path thread) {
    try {
      return Optional.of(
          new ThreadTime(
              Files.readString(thread.resolve("comm")),
              cpuNs(Files.readString(thread.resolve("stat")))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Of all threads whose names begin like one of these. */
  private static long sum(List<ThreadTime> threads, String... beginnings) {
    return threads.stream()
        .filter(thread -> Stream.of(beginnings).anyMatch(thread.name()::startsWith))
        .mapToLong(ThreadTime::ns)
        .sum();
  }

  private static long cpuNs(String stat) {
    // The name before may hold anything, also parentheses.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME)))
        * TICK_NS;
  }

  private String read(String file) {
    try {
      return Files.readString(directory().resolve(file));
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private Path directory() {
    return Path.of("/proc", String.valueOf(pid));
  }

  private LoadException gone(IOException cause) {
    return new LoadException("no process %d on this machine".formatted(pid), cause);
  }
}
