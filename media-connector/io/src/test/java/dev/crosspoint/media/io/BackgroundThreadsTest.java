package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of this JVM's threads. */
@EnabledOnOs(OS.LINUX)
class BackgroundThreadsTest {

  /** Of the fields of proc(5) behind the name. */
  private static final int NICENESS = 16;

  /** A thread as proc(5) has it. */
  private record Told(String number, String name, int niceness) {

    static Stream<Told> of(Path thread) {
      try {
        String stat = Files.readString(thread.resolve("stat"));
        int nameEnd = stat.lastIndexOf(')');
        List<String> fields = List.of(stat.substring(nameEnd + 2).strip().split(" "));
        return Stream.of(
            new Told(
                thread.getFileName().toString(),
                stat.substring(stat.indexOf('(') + 1, nameEnd),
                Integer.parseInt(fields.get(NICENESS))));
      } catch (IOException e) {
        // It has ended meanwhile.
        return Stream.empty();
      }
    }

    boolean isCompiler() {
      return name.startsWith("C1 ") || name.startsWith("C2 ");
    }

    boolean isCollector() {
      return name.startsWith("ZDriver") || name.startsWith("ZWorker");
    }

    boolean stepsBack() {
      return isCompiler() || isCollector();
    }

    boolean isOther() {
      return List.of("VM Thread", "Finalizer", "Signal Dispatch").contains(name);
    }
  }

  private static Map<String, Told> threads(Predicate<Told> which) {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
      return all.flatMap(Told::of)
          .filter(which)
          .collect(Collectors.toMap(Told::number, Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int ownNiceness() throws IOException {
    return Told.of(Path.of("/proc/thread-self").toRealPath()).findFirst().orElseThrow().niceness();
  }

  @Test
  void compilers_let_others_go_first_whose_turn_stays_as_it_was() throws Exception {
    Map<String, Told> compilers = threads(Told::isCompiler);
    Map<String, Told> others = threads(Told::isOther);

    BackgroundThreads.stepBack();

    int expected = Math.min(BackgroundThreads.NICEST, ownNiceness() + BackgroundThreads.NICER);
    Map<String, Told> after = threads(Told::isCompiler);
    after.keySet().retainAll(compilers.keySet());
    assertThat(after.values()).isNotEmpty().allMatch(thread -> thread.niceness() == expected);
    assertThat(threads(Told::isOther)).isEqualTo(others);
  }

  @Test
  void collectors_are_as_nice_as_can_be() {
    BackgroundThreads.stepBack();

    assertThat(threads(Told::isCollector).values())
        .isNotEmpty()
        .allMatch(thread -> thread.niceness() == BackgroundThreads.NICEST);
  }

  @Test
  void who_has_stepped_back_does_not_step_back_further() throws Exception {
    BackgroundThreads.stepBack();
    Map<String, Told> once = threads(Told::stepsBack);

    BackgroundThreads.stepBack();

    Map<String, Told> twice = threads(Told::stepsBack);
    twice.keySet().retainAll(once.keySet());
    assertThat(twice).isNotEmpty();
    assertThat(once).containsAllEntriesOf(twice);
  }
}
