package dev.crosspoint.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process on this machine has used so far, as the kernel counts (proc(5)). */
record ServerProcess(long pid) {
  /** Of {@code utime} and {@code stime}: USER_HZ is 100 on every Linux. */
  private static final long TICK_NS = 10_000_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final long KILO = 1_024;

  /** CPU time, user and system, of all threads, in nanoseconds. */
  long cpuNs() {
    String stat = read("stat");
    // The name before may hold anything, also parentheses.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
    return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME)))
        * TICK_NS;
  }

  /** Memory that is there, in bytes. */
  long residentBytes() {
    return read("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new LoadException("process %d has ended".formatted(pid)))
        * KILO;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), file));
    } catch (IOException e) {
      throw new LoadException("no process %d on this machine".formatted(pid), e);
    }
  }
}
