package dev.crosspoint.media.engine.repair;

import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest packets of a stream, by extended sequence number. Slots are reused, so that memory is
 * bounded and nothing is allocated once they have grown to the stream's packet size.
 */
public final class PacketHistory {
  private static final int SLOT_UNIT = 256;

  private final @Nullable ByteBuffer[] slots;
  private final long[] numbers;
  private final RtpPacket view = new RtpPacket();

  /**
   * @param capacity a power of two
   */
  public PacketHistory(int capacity) {
    slots = new @Nullable ByteBuffer[capacity];
    numbers = new long[capacity];
    Arrays.fill(numbers, -1);
  }

  /** Forgets all packets and keeps the memory for others. */
  public void clear() {
    Arrays.fill(numbers, -1);
  }

  /**
   * Copies the first {@code length} bytes of the buffer, unless a newer packet has the place: one
   * that is repaired late must not cost one that may be asked for.
   *
   * @param number not wrapped: a higher one is newer
   */
  public void store(long number, ByteBuffer packet, int length) {
    int index = index(number);
    if (numbers[index] > number) {
      return;
    }
    ByteBuffer slot = slots[index];
    if (slot == null || slot.capacity() < length) {
      slot = ByteBuffer.allocateDirect((length + SLOT_UNIT - 1) / SLOT_UNIT * SLOT_UNIT);
      slots[index] = slot;
    }
    slot.clear().limit(length);
    slot.put(0, packet, 0, length);
    numbers[index] = number;
  }

  /** The packet between 0 and limit, or null when it is not, or no longer, here. */
  public @Nullable ByteBuffer find(long number) {
    int index = index(number);
    return number >= 0 && numbers[index] == number ? slots[index] : null;
  }

  /** The packet, parsed, or null when it is forgotten; valid until the next is asked for. */
  public @Nullable RtpPacket packet(long number) {
    ByteBuffer packet = find(number);
    boolean sound =
        packet != null
            && view.parseHeader(packet, packet.limit())
            && view.parsePayload(packet.limit());
    return sound ? view : null;
  }

  private int index(long number) {
    return (int) number & (slots.length - 1);
  }
}
