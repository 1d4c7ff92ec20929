package dev.crosspoint.media.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads of the JVM for which nobody waits: those that compile, and those that collect garbage
 * while everything else goes on. Linux shares a processor by threads' niceness (sched(7)). A
 * collection wants one for most of a second, and packets that are forwarded meanwhile would take
 * about twice as long. Being nicer than before needs no privilege.
 *
 * <p>When a collection does not end in time, whoever asks for memory is held up. Media loops do not
 * ask, and signalling that waits is better than pictures that do.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
public final class BackgroundThreads {
  /**
   * A tenth of the time that a thread of the usual niceness, 0, gets where both want all of one
   * processor; all the time that nobody else wants.
   */
  static final int NICENESS = 10;

  /** setpriority(2), of a single thread: Linux takes its number for that of a process. */
  private static final int PRIO_PROCESS = 0;

  /** How their names begin in HotSpot: the compilers', and those of ZGC that do not pause. */
  private static final List<String> BEGINNINGS =
      List.of("C1 Compiler", "C2 Compiler", "ZDriver", "ZWorker");

  private BackgroundThreads() {}

  /**
   * Lets all other threads go first. Those that they start later are as nice as they are. Where
   * nobody knows them, or the system does not allow it, nothing changes.
   *
   * @return how many stepped back
   */
  public static int stepBack() {
    Path threads = Path.of("/proc/self/task");
    if (!Files.isDirectory(threads)) {
      return 0;
    }
    MethodHandle setPriority = setPriority();
    try (Stream<Path> all = Files.list(threads)) {
      return (int)
          all.filter(BackgroundThreads::isOne)
              .mapToInt(thread -> Integer.parseInt(thread.getFileName().toString()))
              .filter(thread -> isTaken(setPriority, thread))
              .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOne(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return BEGINNINGS.stream().anyMatch(name::startsWith);
    } catch (IOException e) {
      // It has ended meanwhile.
      return false;
    }
  }

  private static boolean isTaken(MethodHandle setPriority, int thread) {
    try {
      return (int) setPriority.invokeExact(PRIO_PROCESS, thread, NICENESS) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority cannot be called", e);
    }
  }

  /** Which, whose, how nice. */
  private static MethodHandle setPriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  }
}
