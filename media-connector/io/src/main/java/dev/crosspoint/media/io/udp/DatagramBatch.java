package dev.crosspoint.media.io.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The datagrams of a turn, handed to the kernel with one call (sendmmsg(2)). Those of one size to
 * the same remote address go as one message that the kernel cuts (UDP_SEGMENT, udp(7)), which
 * spares it most of its work; the last may be shorter. Only what one turn brings is put together,
 * and the order of what goes to an address stays as long as it is the same object. Nothing is
 * allocated on the way but for an address that is new.
 */
public final class DatagramBatch implements DatagramSender {
  /** Messages of a batch at most. */
  private static final int GROUPS = 1_024;

  /** Datagrams of a message at most; the kernel takes 64. */
  private static final int SEGMENTS = 32;

  private static final int BYTES = 2 << 20;

  /** What fits into one message: IP's length field, less the headers. */
  private static final int LONGEST_GROUP = 65_000;

  /** Messages that are sent at once when nothing can be added to them. */
  private static final int PORTION = 64;

  /** Addresses from which no datagram came; beyond, all are forgotten and learnt anew. */
  private static final int DESTINATIONS = 16_384;

  private static final long NEVER = Long.MIN_VALUE;

  // struct mmsghdr, iovec and cmsghdr of 64-bit Linux.
  private static final int HEADER = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int PARTS = 16;
  private static final int PART_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int PART = 16;
  private static final int CONTROL_SIZE = 24;
  private static final int CONTROL_LEVEL = 8;
  private static final int CONTROL_TYPE = 12;
  private static final int CONTROL_DATA = 16;

  private final int socket;
  private final int family;
  private final MemorySegment state;
  private final ByteBuffer bytes;
  private final long bytesAddress;
  private final MemorySegment headers;
  private final MemorySegment parts;
  private final MemorySegment controls;
  private final MemorySegment names;

  private final Map<InetSocketAddress, RemoteAddress> unheard = new HashMap<>();

  private final Group[] open = new Group[GROUPS];
  private int groups;

  /** Messages of the batch before this one are sent already. */
  private int firstUnsent;

  private final PacketTransit transit = new PacketTransit();
  private final LongSupplier nanoClock;

  /** When the datagrams were read that the batch follows from; {@link #NEVER} for none. */
  private long readNs = NEVER;

  private boolean lastReadIsSent;

  /** Somebody waits for something in the batch. */
  private boolean urgent;

  private int used;
  private long batch;
  private boolean segmenting = true;
  private long queueFull;
  private long sendFailures;

  /** A message that is being put together. */
  private static final class Group {
    int count;
    int size;
    int total;
    boolean closed;

    void begin(int length) {
      count = 0;
      size = length;
      total = 0;
      closed = false;
    }

    boolean takes(int length) {
      return !closed && length <= size && count < SEGMENTS && total + length <= LONGEST_GROUP;
    }

    void add(int length) {
      count++;
      total += length;
      closed = length < size;
    }
  }

  /**
   * @param socket an open UDP socket's file descriptor, which does not block
   * @param nanoClock monotonic time in nanoseconds
   */
  public DatagramBatch(int socket, LongSupplier nanoClock) {
    Arena arena = Arena.ofAuto();
    this.socket = socket;
    this.nanoClock = nanoClock;
    this.family = Sockets.family(socket);
    this.state = Sockets.newState(arena);
    this.bytes = ByteBuffer.allocateDirect(BYTES);
    this.bytesAddress = MemorySegment.ofBuffer(bytes).address();
    this.headers = arena.allocate((long) GROUPS * HEADER, Long.BYTES);
    this.parts = arena.allocate((long) GROUPS * SEGMENTS * PART, Long.BYTES);
    this.controls = arena.allocate((long) GROUPS * CONTROL_SIZE, Long.BYTES);
    this.names = arena.allocate((long) GROUPS * SocketAddresses.SIZE, Integer.BYTES);
    for (int group = 0; group < GROUPS; group++) {
      open[group] = new Group();
      prepare(group);
    }
  }

  /** What is the same in every batch. */
  private void prepare(int group) {
    long header = (long) group * HEADER;
    long control = (long) group * CONTROL_SIZE;
    headers.set(JAVA_LONG, header + NAME, name(group));
    headers.set(JAVA_LONG, header + PARTS, parts.address() + part(group, 0));
    controls.set(JAVA_LONG, control, CONTROL_DATA + Short.BYTES);
    controls.set(JAVA_INT, control + CONTROL_LEVEL, Sockets.SOL_UDP);
    controls.set(JAVA_INT, control + CONTROL_TYPE, Sockets.UDP_SEGMENT);
  }

  @Override
  public void send(ByteBuffer packet, InetSocketAddress remote, boolean goesOn) {
    int length = packet.remaining();
    if (used + length > BYTES) {
      sendAll();
    }
    RemoteAddress to = remote instanceof RemoteAddress known ? known : unheard(remote);
    if (to.batch != batch
        || to.group < firstUnsent
        || !segmenting
        || !open[to.group].takes(length)) {
      if (groups == GROUPS) {
        sendAll();
      }
      begin(to, length);
    }
    append(to.group, packet, length);
    urgent |= !goesOn;
    if (lastReadIsSent && urgent && to.group - firstUnsent >= PORTION) {
      sendUpTo(to.group);
    }
  }

  /**
   * Once the last packet that was read is forwarded, the messages before the one that it goes into
   * are complete, as receivers are served in one order: the first need not wait until the others
   * are encrypted.
   */
  @Override
  public void lastPacket() {
    lastReadIsSent = true;
  }

  /** What waits for more was read earlier, and keeps its time. */
  @Override
  public void readAt(long ns) {
    lastReadIsSent = false;
    if (groups == firstUnsent) {
      readNs = ns;
    }
  }

  @Override
  public PacketTransit.Times transit(long nowNs) {
    return transit.times(nowNs);
  }

  @Override
  public boolean mayWait() {
    return groups > firstUnsent && !urgent;
  }

  private RemoteAddress unheard(InetSocketAddress remote) {
    RemoteAddress known = unheard.get(remote);
    if (known != null) {
      return known;
    }
    if (unheard.size() >= DESTINATIONS) {
      unheard.clear();
    }
    RemoteAddress added =
        new RemoteAddress(
            remote.getAddress(), remote.getPort(), SocketAddresses.of(remote, family));
    unheard.put(remote, added);
    return added;
  }

  /** Forgets all addresses that are looked up; between batches. */
  public void forgetAddresses() {
    unheard.clear();
  }

  private void begin(RemoteAddress to, int length) {
    int group = groups++;
    long header = (long) group * HEADER;
    open[group].begin(length);
    to.batch = batch;
    to.group = group;
    MemorySegment.copy(
        to.name, 0, names, JAVA_BYTE, (long) group * SocketAddresses.SIZE, to.name.length);
    headers.set(JAVA_INT, header + NAME_LENGTH, to.name.length);
    headers.set(JAVA_LONG, header + CONTROL, 0);
    headers.set(JAVA_LONG, header + CONTROL_LENGTH, 0);
  }

  private void append(int index, ByteBuffer packet, int length) {
    Group group = open[index];
    long part = part(index, group.count);
    bytes.put(used, packet, packet.position(), length);
    parts.set(JAVA_LONG, part, bytesAddress + used);
    parts.set(JAVA_LONG, part + Long.BYTES, length);
    used += length;
    group.add(length);
    long header = (long) index * HEADER;
    headers.set(JAVA_LONG, header + PART_COUNT, group.count);
    if (group.count == 2) {
      long control = (long) index * CONTROL_SIZE;
      controls.set(JAVA_SHORT, control + CONTROL_DATA, (short) group.size);
      headers.set(JAVA_LONG, header + CONTROL, controls.address() + control);
      headers.set(JAVA_LONG, header + CONTROL_LENGTH, CONTROL_SIZE);
    }
  }

  @Override
  public void flush() {
    sendAll();
    readNs = NEVER;
    lastReadIsSent = false;
    urgent = false;
  }

  private void sendAll() {
    sendUpTo(groups);
    groups = 0;
    firstUnsent = 0;
    used = 0;
    batch++;
  }

  private void sendUpTo(int end) {
    int first = firstUnsent;
    handOver(end);
    if (readNs != NEVER && end > first) {
      transit.add(nanoClock.getAsLong() - readNs, datagrams(first, end));
    }
  }

  private long datagrams(int first, int end) {
    long count = 0;
    for (int group = first; group < end; group++) {
      count += open[group].count;
    }
    return count;
  }

  private void handOver(int end) {
    while (firstUnsent < end) {
      long first = headers.address() + (long) firstUnsent * HEADER;
      int now = Sockets.sendmmsg(state, socket, first, end - firstUnsent);
      firstUnsent =
          now > 0 ? firstUnsent + now : afterError(firstUnsent, end, Sockets.error(state));
    }
  }

  /**
   * @return the message to go on with
   */
  private int afterError(int group, int end, int error) {
    return switch (error) {
      case Sockets.EINTR -> group;
      case Sockets.EAGAIN, Sockets.ENOBUFS -> {
        for (int rest = group; rest < end; rest++) {
          queueFull += open[rest].count;
        }
        yield end;
      }
      case Sockets.EIO, Sockets.EINVAL, Sockets.EMSGSIZE -> {
        // EIO: the network device cannot do checksums. Else the way there takes shorter ones only.
        segmenting &= error != Sockets.EIO;
        sendOneByOne(group);
        yield group + 1;
      }
      default -> {
        sendFailures += open[group].count;
        yield group + 1;
      }
    };
  }

  private void sendOneByOne(int index) {
    Group group = open[index];
    long header = (long) index * HEADER;
    headers.set(JAVA_LONG, header + CONTROL, 0);
    headers.set(JAVA_LONG, header + CONTROL_LENGTH, 0);
    headers.set(JAVA_LONG, header + PART_COUNT, 1);
    for (int i = 0; i < group.count; i++) {
      headers.set(JAVA_LONG, header + PARTS, parts.address() + part(index, i));
      if (Sockets.sendmmsg(state, socket, headers.address() + header, 1) < 0) {
        sendFailures++;
      }
    }
    headers.set(JAVA_LONG, header + PARTS, parts.address() + part(index, 0));
  }

  @Override
  public long queueFull() {
    return queueFull;
  }

  @Override
  public long sendFailures() {
    return sendFailures;
  }

  private long name(int group) {
    return names.address() + (long) group * SocketAddresses.SIZE;
  }

  private static long part(int group, int index) {
    return ((long) group * SEGMENTS + index) * PART;
  }
}
