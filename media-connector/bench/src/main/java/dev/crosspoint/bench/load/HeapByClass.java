package dev.crosspoint.bench.load;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the objects of this JVM that are still of use take, by class.
 *
 * @param classes by name as the JVM prints it
 */
record HeapByClass(Map<String, Usage> classes) {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  /** Rank, objects, bytes, class. */
  private static final Pattern LINE = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(\\S+).*");

  /** Objects of a class, and their bytes. */
  record Usage(long objects, long bytes) {
    private static final Usage NONE = new Usage(0, 0);
  }

  HeapByClass {
    classes = Map.copyOf(classes);
  }

  /** Collects garbage and counts the rest. */
  static HeapByClass now() {
    try {
      Object histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  ObjectName.getInstance(COMMANDS),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return parse(String.valueOf(histogram));
    } catch (JMException e) {
      throw new LoadException("the JVM does not tell what its heap holds", e);
    }
  }

  private static HeapByClass parse(String histogram) {
    Map<String, Usage> classes = new HashMap<>();
    histogram
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line ->
            classes.merge(
                line.group(3),
                new Usage(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))),
                (one, other) -> new Usage(one.objects + other.objects, one.bytes + other.bytes)));
    return new HeapByClass(classes);
  }

  /** What has been added. */
  HeapByClass since(HeapByClass before) {
    return new HeapByClass(
        classes.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> {
                      Usage then = before.classes.getOrDefault(entry.getKey(), Usage.NONE);
                      Usage now = entry.getValue();
                      return new Usage(now.objects - then.objects, now.bytes - then.bytes);
                    })));
  }

  /**
   * The sum, and the classes with most bytes.
   *
   * @param each by how many everything is divided
   * @param shown classes
   */
  String table(int each, int shown) {
    double sum = classes.values().stream().mapToLong(Usage::bytes).sum();
    String head = String.format(Locale.ROOT, "%,10.0f bytes each%n", sum / each);
    return classes.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().bytes()))
        .limit(shown)
        .map(entry ->
            String.format(
                Locale.ROOT,
                "%,10.0f %8.1f %s",
                (double) entry.getValue().bytes() / each,
                (double) entry.getValue().objects() / each,
                entry.getKey()))
        .collect(Collectors.joining("\n", head, ""));
  }
}
