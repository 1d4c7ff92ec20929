package dev.crosspoint.media.io.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The socket functions of Linux's C library, and the numbers that belong to them. */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class Sockets {
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENOBUFS = 105;

  static final short AF_INET = 2;
  static final short AF_INET6 = 10;

  /** Level and type of the control message that says where to cut (udp(7)). */
  static final int SOL_UDP = 17;

  static final int UDP_SEGMENT = 103;

  private static final int SOL_SOCKET = 1;
  private static final int SO_DOMAIN = 39;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** State, socket, messages, number of messages, flags. */
  private static final MethodHandle SENDMMSG =
      function(
          "sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));

  /** State, socket, messages, number of messages, flags, time limit. */
  private static final MethodHandle RECVMMSG =
      function(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));

  /** State, socket, level, name, value, length. */
  private static final MethodHandle GETSOCKOPT =
      function(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private Sockets() {}

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, ERRNO);
  }

  /** Where a call leaves its error. */
  static MemorySegment newState(Arena arena) {
    return arena.allocate(STATE);
  }

  /** The error that the last call left. */
  static int error(MemorySegment state) {
    return (int) ERROR.get(state, 0L);
  }

  /**
   * @param messages address of an array of {@code mmsghdr}
   * @return how many were sent, or -1
   */
  static int sendmmsg(MemorySegment state, int socket, long messages, int count) {
    try {
      return (int) SENDMMSG.invokeExact(state, socket, messages, count, 0);
    } catch (Throwable e) {
      throw new IllegalStateException("sendmmsg cannot be called", e);
    }
  }

  /**
   * @param messages address of an array of {@code mmsghdr}
   * @return how many were received, or -1
   */
  static int recvmmsg(MemorySegment state, int socket, long messages, int count) {
    try {
      return (int) RECVMMSG.invokeExact(state, socket, messages, count, 0, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("recvmmsg cannot be called", e);
    }
  }

  /** {@link #AF_INET} or {@link #AF_INET6}. */
  static int family(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) JAVA_INT.byteSize());
      int result =
          (int)
              GETSOCKOPT.invokeExact(newState(arena), socket, SOL_SOCKET, SO_DOMAIN, value, length);
      if (result != 0) {
        throw new IllegalStateException("the family of socket %d is not known".formatted(socket));
      }
      return value.get(JAVA_INT, 0);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("getsockopt cannot be called", e);
    }
  }
}
