package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The kernel's own words on it, where it has any. */
@EnabledOnOs(OS.LINUX)
class SchedulingSliceTest {

  /** What the calling thread is scheduled by; nothing where the kernel does not tell. */
  private static List<String> slices() {
    Path told = Path.of("/proc/thread-self/sched");
    try {
      return Files.exists(told)
          ? Files.readAllLines(told).stream().filter(line -> line.startsWith("se.slice")).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What became of a thread that wished for a shorter slice. */
  private record Wish(boolean taken, List<String> slices) {}

  @Test
  void a_thread_shortens_its_own_slice_if_the_kernel_lets_it_and_nobody_elses() throws Exception {
    List<String> before = slices();

    Wish wish = inThread();

    assertThat(wish.taken() || isFiltered()).as("taken").isTrue();
    if (wish.taken()) {
      assertThat(wish.slices())
          .hasSameSizeAs(before)
          .allSatisfy(line -> assertThat(line).endsWith(" 100000"));
    } else {
      assertThat(wish.slices()).isEqualTo(before);
    }
    assertThat(slices()).isEqualTo(before);
  }

  /** Whether system calls of this process may be refused (seccomp(2)). */
  private static boolean isFiltered() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .anyMatch(line -> line.startsWith("Seccomp:") && !line.endsWith("0"));
  }

  private static Wish inThread() throws ExecutionException, InterruptedException {
    return CompletableFuture.supplyAsync(
            () -> new Wish(SchedulingSlice.shorten(), slices()),
            task -> Thread.ofPlatform().start(task))
        .get();
  }
}
