package dev.crosspoint.media.io;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * For how long a thread runs before Linux looks whether others should (sched_setattr(2)). From
 * version 6.12 on a thread that wakes up with a shorter slice than whoever is running need not wait
 * for the end of that one's: a media loop does not wait for the compiler or an application's thread
 * where there is a processor for both. No privilege is needed, as in the long run a thread gets no
 * more by it than before. Older kernels take the wish and do nothing.
 */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class SchedulingSlice {
  /** The shortest that Linux takes. */
  static final long SHORTEST_NS = 100_000;

  /** Numbers of sched_setattr and sched_getattr, which C libraries have known for a short time. */
  private static final Map<String, Calls> CALLS =
      Map.of("amd64", new Calls(314, 315), "aarch64", new Calls(274, 275));

  /** struct sched_attr in its first version. */
  private static final int ATTRIBUTES = 48;

  private static final int SIZE = 0;
  private static final int RUNTIME = 24;
  private static final int CALLING_THREAD = 0;

  private record Calls(long set, long get) {}

  private SchedulingSlice() {}

  /**
   * Shortens that of the calling thread, and leaves its policy and priority as they are. Where that
   * is not possible, or not allowed, the thread waits as all others do.
   *
   * @return whether the kernel has taken the wish
   */
  static boolean shorten() {
    Calls calls = CALLS.get(System.getProperty("os.arch"));
    if (calls == null || !System.getProperty("os.name").equals("Linux")) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle syscall = syscall();
      MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
      long known =
          (long) syscall.invokeExact(calls.get(), CALLING_THREAD, attributes, ATTRIBUTES, 0);
      attributes.set(JAVA_INT, SIZE, ATTRIBUTES);
      attributes.set(JAVA_LONG, RUNTIME, SHORTEST_NS);
      return known == 0
          && (long) syscall.invokeExact(calls.set(), CALLING_THREAD, attributes, 0, 0) == 0;
    } catch (RuntimeException e) {
      // A slice is a wish: nothing fails with it.
      return false;
    } catch (Throwable e) {
      throw new IllegalStateException("sched_setattr cannot be called", e);
    }
  }

  /** Number, thread, attributes, their size or flags, flags. */
  private static MethodHandle syscall() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
        Linker.Option.firstVariadicArg(1));
  }
}
