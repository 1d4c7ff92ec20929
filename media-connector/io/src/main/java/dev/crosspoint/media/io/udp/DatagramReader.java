package dev.crosspoint.media.io.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Reads the datagrams that wait at a socket, many with one call (recvmmsg(2)), always into the same
 * memory. Nothing is allocated on the way but for an address that is new. Used by one thread.
 */
public final class DatagramReader {
  /** Datagrams of a batch at most. */
  public static final int BATCH = 64;

  /** Longest datagram that is read whole, in bytes; WebRTC stays below 1,500. */
  static final int LONGEST = 2_048;

  // struct mmsghdr and iovec of 64-bit Linux.
  private static final int HEADER = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int PARTS = 16;
  private static final int PART_COUNT = 24;
  private static final int RECEIVED = 56;
  private static final int PART = 16;

  /** A name's room in whole words. */
  private static final int NAME_ROOM = 32;

  private final int socket;
  private final MemorySegment state;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final ByteBuffer[] datagrams;
  private final RemoteAddresses addresses;

  /** So many names' lengths are not their room, but what the kernel has written. */
  private int filled = BATCH;

  /**
   * @param socket an open UDP socket's file descriptor, which does not block
   * @param random makes the order in which addresses are kept unknown to those who have them
   */
  public DatagramReader(int socket, RandomGenerator random) {
    Arena arena = Arena.ofAuto();
    this.socket = socket;
    this.addresses = new RemoteAddresses(random);
    this.state = Sockets.newState(arena);
    this.headers = arena.allocate((long) BATCH * HEADER, Long.BYTES);
    this.names = arena.allocate((long) BATCH * NAME_ROOM, Long.BYTES);
    MemorySegment parts = arena.allocate((long) BATCH * PART, Long.BYTES);
    ByteBuffer bytes = ByteBuffer.allocateDirect(BATCH * LONGEST);
    long address = MemorySegment.ofBuffer(bytes).address();
    this.datagrams =
        IntStream.range(0, BATCH)
            .mapToObj(i -> bytes.slice(i * LONGEST, LONGEST))
            .toArray(ByteBuffer[]::new);
    for (int i = 0; i < BATCH; i++) {
      long header = (long) i * HEADER;
      long part = (long) i * PART;
      parts.set(JAVA_LONG, part, address + (long) i * LONGEST);
      parts.set(JAVA_LONG, part + Long.BYTES, LONGEST);
      headers.set(JAVA_LONG, header + NAME, names.address() + (long) i * NAME_ROOM);
      headers.set(JAVA_LONG, header + PARTS, parts.address() + part);
      headers.set(JAVA_LONG, header + PART_COUNT, 1);
    }
  }

  /**
   * Reads what waits; what the last call read is gone.
   *
   * @return how many datagrams were read; 0 when none waits, or the socket has an error instead,
   *     which concerns one remote address and never the port
   */
  public int read() {
    for (int i = 0; i < filled; i++) {
      headers.set(JAVA_INT, (long) i * HEADER + NAME_LENGTH, NAME_ROOM);
    }
    int count = Sockets.recvmmsg(state, socket, headers.address(), BATCH);
    while (count < 0 && Sockets.error(state) == Sockets.EINTR) {
      count = Sockets.recvmmsg(state, socket, headers.address(), BATCH);
    }
    filled = Math.max(0, count);
    return filled;
  }

  /**
   * A datagram of the last batch, from offset 0 to the limit; it may be changed.
   *
   * @param index below what {@link #read} returned
   */
  public ByteBuffer datagram(int index) {
    int length = headers.get(JAVA_INT, (long) index * HEADER + RECEIVED);
    return datagrams[index].clear().limit(length);
  }

  /** Forgets all addresses; between batches. */
  public void forgetAddresses() {
    addresses.forget();
  }

  /** Where it came from; the same object each time, as long as not too many others come between. */
  public InetSocketAddress source(int index) {
    long header = (long) index * HEADER;
    return addresses.of(
        names, (long) index * NAME_ROOM, headers.get(JAVA_INT, header + NAME_LENGTH));
  }
}
