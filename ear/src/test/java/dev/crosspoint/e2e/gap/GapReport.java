package dev.crosspoint.e2e.gap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a measurement, in Markdown. */
final class GapReport {
  private static final String BEGIN = "<!-- gaps:";
  private static final String END = "<!-- /gaps -->";

  private final List<Part> parts = new ArrayList<>();

  /**
   * What was measured in one scene, or in several together.
   *
   * @param name for tables
   * @param ordinary whether the goals are set for it
   */
  private record Part(String name, boolean ordinary, Goals goals, List<SwitchGap> switches) {
    Goals.Cost cost(Direction direction) {
      List<SwitchGap> of = switches(direction);
      return new Goals.Cost(
          ofPictures(of, PairGap::framesLostBeyondBaseline),
          ofPictures(of, PairGap::holdBeyondBaselineMs),
          ofPictures(of, pair -> pair.pictures().backwards()).sum(),
          ofSounds(of, pair -> pair.sound().longestSilenceMs()),
          Distribution.of(of.stream().map(SwitchGap::requestToCommitMs).toList()));
    }

    List<String> missed(Direction direction) {
      return goals.missedBy(cost(direction));
    }

    List<SwitchGap> switches(Direction direction) {
      return switches.stream().filter(each -> each.direction() == direction).toList();
    }
  }

  void add(Scene scene, Collection<SwitchGap> switches) {
    parts.add(new Part(scene.name(), scene.ordinary(), scene.goals(), List.copyOf(switches)));
  }

  /**
   * Writes the page with all figures, and the short table into the README.
   *
   * @param project the directory of the project
   */
  void writeTo(Path project) throws IOException {
    Files.writeString(
        project.resolve("docs/gaps.md"),
        Scripts.read("method.md").replace("__TABLES__", brief() + "\n" + full()));
    Path readme = project.resolve("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf('\n', text.indexOf(BEGIN)) + 1;
    Files.writeString(
        readme, text.substring(0, begin) + brief() + text.substring(text.indexOf(END, begin)));
  }

  /** Every quantity of every scene, by direction. */
  String full() {
    return parts.stream().map(GapReport::full).collect(Collectors.joining("\n"));
  }

  /** One line for each scene and direction. */
  String brief() {
    String head =
        """
        | switch | times | frames lost beyond baseline: median, p99 | picture held beyond baseline: \
        median, p95 | frames backwards | silence: median, p95 | clicks: median, p95 | \
        request to commit: p95 | beyond the goals |
        |---|---|---|---|---|---|---|---|---|
        """;
    return Stream.concat(parts.stream(), ordinaryTogether().stream())
        .flatMap(GapReport::briefLines)
        .collect(Collectors.joining("", head, ""));
  }

  /** What the goals are set for; empty as long as that is one scene. */
  private Optional<Part> ordinaryTogether() {
    List<Part> ordinary = parts.stream().filter(Part::ordinary).toList();
    String name =
        ordinary.stream().map(Part::name).collect(Collectors.joining(", ", "**together** (", ")"));
    List<SwitchGap> switches = ordinary.stream().flatMap(part -> part.switches().stream()).toList();
    return Optional.of(new Part(name, true, Goals.NEAR, switches)).filter(_ -> ordinary.size() > 1);
  }

  private static Stream<String> briefLines(Part part) {
    return Stream.of(Direction.values()).map(direction -> briefLine(part, direction));
  }

  /** What the goals are set for and misses them, in words. */
  List<String> missed() {
    return ordinaryTogether().or(() -> parts.stream().filter(Part::ordinary).findFirst()).stream()
        .flatMap(part ->
            Stream.of(Direction.values())
                .flatMap(direction ->
                    part.missed(direction).stream()
                        .map(missed -> direction.title() + ": " + missed)))
        .toList();
  }

  private static String briefLine(Part part, Direction direction) {
    Goals.Cost cost = part.cost(direction);
    Distribution clicks = ofSounds(part.switches(direction), pair -> pair.sound().clicks());
    List<String> missed = part.missed(direction);
    return String.format(
        Locale.ROOT,
        "| %s, %s | %d | %.0f, %.0f | %.0f ms, %.0f ms | %.0f | %.0f ms, %.0f ms | %.0f, %.0f | %.1f s | %s |%n",
        part.name(),
        direction.title(),
        part.switches(direction).size(),
        cost.lost().median(),
        cost.lost().p99(),
        cost.hold().median(),
        cost.hold().p95(),
        cost.backwards(),
        cost.silence().median(),
        cost.silence().p95(),
        clicks.median(),
        clicks.p95(),
        cost.commit().p95() / 1_000,
        missed.isEmpty() ? "nothing" : String.join("; ", missed));
  }

  private static String full(Part part) {
    return Stream.of(Direction.values())
        .map(direction -> full(part.name(), direction, part.switches(direction)))
        .collect(Collectors.joining("\n"));
  }

  private static String full(String scene, Direction direction, List<SwitchGap> switches) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            ### %s, %s

            %d switches, %d attempts rolled back before one that was completed.

            | | n | median | p95 | p99 | max | sum |
            |---|---|---|---|---|---|---|
            """,
            scene,
            direction.title(),
            switches.size(),
            switches.stream().mapToInt(SwitchGap::rolledBack).sum()));
    PICTURES.forEach(each -> text.append(line(each.title(), ofPictures(switches, each.value()))));
    SOUNDS.forEach(each -> text.append(line(each.title(), ofSounds(switches, each.value()))));
    text.append(
        line(
            "request to commit (ms)",
            Distribution.of(switches.stream().map(SwitchGap::requestToCommitMs).toList())));
    return text.toString();
  }

  /** Something that is measured for each pair. */
  private record Quantity(String title, Function<PairGap, Number> value) {}

  private static final List<Quantity> PICTURES =
      List.of(
          new Quantity("frames lost", PairGap::framesLost),
          new Quantity("… between last of the old and first of the new path", PairGap::lostAtSeam),
          new Quantity("… in the quiet time", pair -> pair.before().lost()),
          new Quantity("… beyond as much quiet time", PairGap::framesLostBeyondBaseline),
          new Quantity("longest hold (ms)", pair -> pair.pictures().longestHoldMs()),
          new Quantity("… in the quiet time (ms)", pair -> pair.before().longestHoldMs()),
          new Quantity("… beyond that (ms)", PairGap::holdBeyondBaselineMs),
          new Quantity("frames shown backwards", pair -> pair.pictures().backwards()),
          new Quantity("repaints without a picture", PairGap::blanks),
          new Quantity("new path slower by (ms)", PairGap::delayChangeMs));

  private static final List<Quantity> SOUNDS =
      List.of(
          new Quantity("longest silence (ms)", pair -> pair.sound().longestSilenceMs()),
          new Quantity("… in the quiet time (ms)", pair -> pair.soundBefore().longestSilenceMs()),
          new Quantity("clicks", pair -> pair.sound().clicks()),
          new Quantity("… in the quiet time", pair -> pair.soundBefore().clicks()));

  private static String line(String title, Distribution values) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
        title,
        values.size(),
        values.median(),
        values.p95(),
        values.p99(),
        values.max(),
        values.sum());
  }

  /** Of those who look. */
  private static Distribution ofPictures(
      List<SwitchGap> switches, Function<PairGap, ? extends Number> value) {
    return ofPairs(switches, PairGap::watched, value);
  }

  /** Of those whose sound is recorded. */
  private static Distribution ofSounds(
      List<SwitchGap> switches, Function<PairGap, ? extends Number> value) {
    return ofPairs(switches, PairGap::heard, value);
  }

  private static Distribution ofPairs(
      List<SwitchGap> switches,
      Predicate<PairGap> counted,
      Function<PairGap, ? extends Number> value) {
    return Distribution.of(
        switches.stream()
            .flatMap(each -> each.pairs().stream())
            .filter(counted)
            .map(value)
            .toList());
  }
}
