package dev.crosspoint.media.io;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The threads of the JVM that seldom keep anybody waiting: those that compile, and those that
 * collect garbage while everything else goes on. Linux shares a processor by threads' niceness
 * (sched(7)). A collection wants one for about a second, and packets that are forwarded meanwhile
 * would take about twice as long. Being nicer than before needs no privilege.
 *
 * <p>Where a collection does not end before memory does, whoever asks for more is held up. Media
 * loops do not ask on the way of packets, and signalling that waits is better than pictures that
 * do; who waits leaves the processor to the collector.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
public final class BackgroundThreads {
  /**
   * So much nicer than whoever lets them step back are compilers: a tenth of the time that others
   * get where both want all of one processor, and all the time that nobody else wants.
   */
  static final int NICER = 10;

  /** Collectors are as nice as can be: between a fiftieth and a hundredth where others have 0. */
  static final int NICEST = 19;

  /** getpriority(2), of a single thread: Linux takes its number for that of a process. */
  private static final int PRIO_PROCESS = 0;

  private static final int CALLING_THREAD = 0;

  /** How compilers' names begin in HotSpot. */
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

  /** And how those of ZGC that do not pause. */
  private static final List<String> COLLECTORS = List.of("ZDriver", "ZWorker");

  private final MethodHandle getPriority;
  private final MethodHandle setPriority;

  private BackgroundThreads() {
    Linker linker = Linker.nativeLinker();
    this.getPriority =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("getpriority"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    this.setPriority =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setpriority"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  }

  /**
   * Lets media loops and requests go first. Threads that compilers and collectors start later are
   * as nice as they are. Where nobody knows them, or the system does not allow it, nothing changes.
   */
  public static void stepBack() {
    Path threads = Path.of("/proc/self/task");
    if (!Files.isDirectory(threads)) {
      return;
    }
    try (Stream<Path> all = Files.list(threads)) {
      BackgroundThreads background = new BackgroundThreads();
      int compilers = Math.min(NICEST, background.niceness(CALLING_THREAD) + NICER);
      for (Path thread : (Iterable<Path>) all::iterator) {
        background.stepBack(thread, compilers);
      }
    } catch (IOException | RuntimeException e) {
      // It is a wish: nothing fails with it.
    }
  }

  private void stepBack(Path thread, int compilers) {
    int number = Integer.parseInt(thread.getFileName().toString());
    String name = name(thread);
    if (COMPILERS.stream().anyMatch(name::startsWith)) {
      makeAtLeast(number, compilers);
    } else if (COLLECTORS.stream().anyMatch(name::startsWith)) {
      makeAtLeast(number, NICEST);
    }
  }

  /** Empty when it has ended meanwhile. */
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Makes a thread so nice, unless it is nicer anyway. */
  private void makeAtLeast(int thread, int niceness) {
    if (niceness(thread) < niceness) {
      set(thread, niceness);
    }
  }

  private int niceness(int thread) {
    try {
      return (int) getPriority.invokeExact(PRIO_PROCESS, thread);
    } catch (Throwable e) {
      throw new IllegalStateException("getpriority cannot be called", e);
    }
  }

  /** Refused where the system does not allow it. */
  private void set(int thread, int niceness) {
    try {
      int _ = (int) setPriority.invokeExact(PRIO_PROCESS, thread, niceness);
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority cannot be called", e);
    }
  }
}
