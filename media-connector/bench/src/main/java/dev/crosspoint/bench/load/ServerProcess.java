package dev.crosspoint.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process on this machine has used so far, as the kernel counts (proc(5)). */
record ServerProcess(long pid) {
  /** Of {@code utime} and {@code stime}: USER_HZ is 100 on every Linux. */
  private static final long TICK_NS = 10_000_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** CPU time, user and system, of all threads, in nanoseconds. */
  long cpuNs() {
    return cpuNs(read("stat"));
  }

  /** The part of it that is the media loops'; 0 where the server's threads have other names. */
  long mediaLoopsNs() {
    try (Stream<Path> threads = Files.list(directory().resolve("task"))) {
      return threads
          .filter(thread -> name(thread).startsWith("media-loop-"))
          .map(thread -> read("task/" + thread.getFileName() + "/stat"))
          .mapToLong(ServerProcess::cpuNs)
          .sum();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /** Empty when it has ended meanwhile. */
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException e) {
      return "";
    }
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
