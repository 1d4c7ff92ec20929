package dev.crosspoint.admission.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How full the memory is that a cgroup leaves this process. Files that the kernel keeps in memory
 * and would give back at once do not count: they are no pressure.
 *
 * <p>Source: Linux, Documentation/admin-guide/cgroup-v2.rst (memory.max, memory.current,
 * memory.stat) and cgroup-v1/memory.rst.
 */
final class CgroupMemory {
  /** What version 1 tells where there is no limit: the largest page-aligned number, or near it. */
  private static final long NO_LIMIT = 1L << 60;

  private final Path limit;
  private final Path used;
  private final Path statistics;
  private final String reclaimable;

  private CgroupMemory(Path limit, Path used, Path statistics, String reclaimable) {
    this.limit = limit;
    this.used = used;
    this.statistics = statistics;
    this.reclaimable = reclaimable;
  }

  /**
   * The group of a process.
   *
   * @param root where cgroups are mounted, {@code /sys/fs/cgroup}
   * @param membership which groups the process is in, {@code /proc/self/cgroup}
   */
  static CgroupMemory of(Path root, Path membership) {
    if (Files.exists(root.resolve("cgroup.controllers"))) {
      Path group = within(root, group(membership, "0::"));
      return new CgroupMemory(
          group.resolve("memory.max"),
          group.resolve("memory.current"),
          group.resolve("memory.stat"),
          "inactive_file");
    }
    Path group = within(root.resolve("memory"), group(membership, "memory:"));
    return new CgroupMemory(
        group.resolve("memory.limit_in_bytes"),
        group.resolve("memory.usage_in_bytes"),
        group.resolve("memory.stat"),
        "total_inactive_file");
  }

  /** In a container the group is the root that it sees, whatever its name is outside. */
  private static Path within(Path root, String group) {
    Path inside = root.resolve(group.replaceFirst("^/+", ""));
    return Files.isDirectory(inside) ? inside : root;
  }

  private static String group(Path membership, String marker) {
    try {
      return Files.readAllLines(membership).stream()
          .filter(line -> line.contains(marker))
          .map(line -> line.substring(line.indexOf(marker) + marker.length()))
          .findFirst()
          .orElse("");
    } catch (IOException _) {
      return "";
    }
  }

  /** Used memory in percent of the limit; 0 where there is none, or nothing can be read. */
  double percent() {
    OptionalLong most = number(limit);
    OptionalLong now = number(used);
    if (most.isEmpty() || now.isEmpty() || most.getAsLong() <= 0 || most.getAsLong() > NO_LIMIT) {
      return 0;
    }
    long working = Math.max(0, now.getAsLong() - reclaimable());
    return Load.percent(working, most.getAsLong());
  }

  private long reclaimable() {
    try {
      return Files.readAllLines(statistics).stream()
          .filter(line -> line.startsWith(reclaimable + " "))
          .mapToLong(line -> parse(line.substring(reclaimable.length() + 1)).orElse(0))
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }

  private static OptionalLong number(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /** Empty for the word {@code max}, which version 2 has for no limit. */
  private static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
