package dev.crosspoint.admission.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How full the memory of the machine is, by whomever (Linux, {@code /proc/meminfo}). What the
 * kernel would give back at once, as caches of files, is no pressure.
 */
final class MachineMemory {
  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+)");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+)");

  private final Path meminfo;

  MachineMemory(Path meminfo) {
    this.meminfo = meminfo;
  }

  /** In percent; 0 where that cannot be told. */
  double percent() {
    try {
      String told = Files.readString(meminfo);
      long total = kilobytes(TOTAL, told);
      return total == 0 ? 0 : Load.percent(total - kilobytes(AVAILABLE, told), total);
    } catch (IOException _) {
      return 0;
    }
  }

  private static long kilobytes(Pattern name, String told) throws IOException {
    Matcher found = name.matcher(told);
    if (!found.find()) {
      throw new IOException("no " + name);
    }
    return Long.parseLong(found.group(1));
  }
}
