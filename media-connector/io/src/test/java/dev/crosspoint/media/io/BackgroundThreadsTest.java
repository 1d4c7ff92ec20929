package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of this JVM's threads. */
@EnabledOnOs(OS.LINUX)
class BackgroundThreadsTest {

  /** Of the fields of proc(5) behind the name. */
  private static final int NICE = 16;

  /** A thread as proc(5) has it. */
  private record Told(String name, int niceness) {

    static Stream<Told> of(Path thread) {
      try {
        String stat = Files.readString(thread.resolve("stat"));
        int nameEnd = stat.lastIndexOf(')');
        List<String> fields = List.of(stat.substring(nameEnd + 2).strip().split(" "));
        return Stream.of(
            new Told(
                stat.substring(stat.indexOf('(') + 1, nameEnd),
                Integer.parseInt(fields.get(NICE))));
      } catch (IOException e) {
        // It has ended meanwhile.
        return Stream.empty();
      }
    }

    boolean isCompiler() {
      return name.startsWith("C1 ") || name.startsWith("C2 ");
    }
  }

  private static List<Told> threads() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
      return all.flatMap(Told::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void compilers_let_all_others_go_first_whose_turn_stays_as_it_was() {
    Map<String, List<Integer>> before = others();

    int count = BackgroundThreads.stepBack();

    assertThat(count).isPositive();
    assertThat(threads().stream().filter(Told::isCompiler))
        .isNotEmpty()
        .allMatch(thread -> thread.niceness() == BackgroundThreads.NICENESS);
    assertThat(others()).containsAllEntriesOf(before);
  }

  /** Of the threads that the JVM keeps. */
  private static Map<String, List<Integer>> others() {
    return threads().stream()
        .filter(
            thread -> List.of("VM Thread", "Finalizer", "Signal Dispatch").contains(thread.name()))
        .collect(
            Collectors.groupingBy(
                Told::name, Collectors.mapping(Told::niceness, Collectors.toList())));
  }
}
