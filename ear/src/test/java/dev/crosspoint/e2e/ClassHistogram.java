package dev.crosspoint.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many objects of each class there are, and what they take. */
record ClassHistogram(Map<String, Count> classes) {
  private static final Pattern LINE =
      Pattern.compile("^ *\\d+: +(\\d+) +(\\d+) +(\\S+)", Pattern.MULTILINE);

  /** What is generated has a name for each time. */
  private static final Pattern GENERATED = Pattern.compile("/0x.*");

  private static final String OWN = "dev.crosspoint.";
  private static final Count NONE = new Count(0, 0);

  /** Objects of a class, and the heap that they take themselves. */
  record Count(long objects, long bytes) {
    private Count plus(Count other) {
      return new Count(objects + other.objects, bytes + other.bytes);
    }

    private Count minus(Count other) {
      return new Count(objects - other.objects, bytes - other.bytes);
    }
  }

  /** A class and how much of it there is more than before. */
  record Growth(String name, Count more) {}

  /** Reads what {@code jcmd GC.class_histogram} says. */
  static ClassHistogram parse(String text) {
    Map<String, Count> classes = new TreeMap<>();
    for (MatchResult line : LINE.matcher(text).results().toList()) {
      classes.merge(
          GENERATED.matcher(line.group(3)).replaceAll(""),
          new Count(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))),
          Count::plus);
    }
    return new ClassHistogram(classes);
  }

  /** Whether it is a class of Crosspoint. */
  static boolean isOwn(String name) {
    return name.startsWith(OWN);
  }

  long bytes() {
    return classes.values().stream().mapToLong(Count::bytes).sum();
  }

  /** Objects of the classes that are meant. */
  long objects(Predicate<String> which) {
    return classes.entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .mapToLong(each -> each.getValue().objects())
        .sum();
  }

  /** What has grown since, most first. */
  List<Growth> grownSince(ClassHistogram before, ToLongFunction<Count> measure) {
    Stream<Growth> all =
        classes.entrySet().stream()
            .map(each ->
                new Growth(
                    each.getKey(),
                    each.getValue().minus(before.classes.getOrDefault(each.getKey(), NONE))));
    return all.filter(growth -> measure.applyAsLong(growth.more()) > 0)
        .sorted(
            Comparator.comparingLong((Growth growth) -> measure.applyAsLong(growth.more()))
                .reversed())
        .toList();
  }
}
