package dev.crosspoint.bench.load;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When the datagrams of a socket came to it (SIOCGSTAMPNS, socket(7)): hundreds of people in one
 * process read theirs one after another, and how long that takes is not the server's doing.
 */
final class ArrivalStamp {
  private static final long SIOCGSTAMPNS = 0x8907;

  // struct timespec of 64-bit Linux.
  private static final long NANOSECONDS = 8;
  private static final long SIZE = 16;

  private static final Linker LINKER = Linker.nativeLinker();

  /** Socket, request, where the answer goes. */
  @SuppressWarnings("restricted") // calling native code is what this class is for
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(2));

  private final int socket;
  private final Clock clock;
  private final MemorySegment stamp = Arena.ofAuto().allocate(SIZE, Long.BYTES);

  /**
   * From now on the kernel stamps what comes.
   *
   * @param socket an open UDP socket's file descriptor
   */
  ArrivalStamp(int socket) {
    this.socket = socket;
    this.clock = Clock.systemUTC();
    // The first question turns it on, and has no answer yet.
    boolean _ = isStamped();
  }

  /**
   * When the datagram read last came to the socket; of several read at once the last one.
   *
   * @param readNs when it was read, by {@link System#nanoTime}
   * @return by {@link System#nanoTime} too; when it was read if the kernel does not tell
   */
  long arrivedNs(long readNs) {
    if (!isStamped()) {
      return readNs;
    }
    Instant now = clock.instant();
    long sameMomentNs = System.nanoTime();
    long waitedNs =
        TimeUnit.SECONDS.toNanos(now.getEpochSecond() - stamp.get(JAVA_LONG, 0))
            + now.getNano()
            - stamp.get(JAVA_LONG, NANOSECONDS);
    return Math.min(readNs, sameMomentNs - Math.max(0, waitedNs));
  }

  private boolean isStamped() {
    try {
      return (int) IOCTL.invokeExact(socket, SIOCGSTAMPNS, stamp.address()) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl cannot be called", e);
    }
  }
}
