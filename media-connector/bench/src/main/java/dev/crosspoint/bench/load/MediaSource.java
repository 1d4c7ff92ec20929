package dev.crosspoint.bench.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * One stream of a synthetic person: packets of one size at a pace, each with the moment at which it
 * was sent. Pictures look like VP8 (RFC 7741) from outside, with a key frame every second.
 */
final class MediaSource {
  /** Where the moment lies within the payload. */
  static final int SENT_AT = 4;

  private static final int HEADER = 12;
  private static final byte START_OF_PICTURE = 0x10;
  private static final byte INTER_FRAME = 1;

  private final ClientTransport transport;
  private final TransportNumbers numbers;
  private final Kind kind;
  private final int ssrc;
  private final int length;
  private final Voice voice;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(2_048);
  private int sequence;
  private int timestamp;
  private long sent;

  /** What differs between pictures and sound. */
  enum Kind {
    PICTURES(96, LoadPlan.PICTURE_PACKET, 90_000 / LoadPlan.PICTURES_PER_SECOND, 1),
    SOUND(111, LoadPlan.SOUND_PACKET, 48_000 / LoadPlan.SOUND_PACKETS_PER_SECOND, 2);

    final int payloadType;
    final int length;
    final int ticks;

    /** Words of header extensions. */
    final int extensions;

    Kind(int payloadType, int length, int ticks, int extensions) {
      this.payloadType = payloadType;
      this.length = length;
      this.ticks = ticks;
      this.extensions = extensions;
    }
  }

  /** Numbers all packets of a transport for its congestion control. */
  static final class TransportNumbers {
    private int last;

    short next() {
      last++;
      return (short) last;
    }
  }

  /**
   * @param length of a datagram before protection, in bytes
   * @param voice how loud its sound is
   */
  MediaSource(
      ClientTransport transport,
      TransportNumbers numbers,
      Kind kind,
      int ssrc,
      int length,
      Voice voice) {
    this.transport = transport;
    this.numbers = numbers;
    this.kind = kind;
    this.ssrc = ssrc;
    this.length = length;
    this.voice = voice;
  }

  int ssrc() {
    return ssrc;
  }

  /** Sends from now on. */
  Future<?> start(EventLoop loop, LoadPlan.Spacing spacing, long delayNs) {
    return switch (kind) {
      case SOUND -> every(loop, delayNs, LoadPlan.SOUND_PACKETS_PER_SECOND, 1);
      case PICTURES ->
          switch (spacing) {
            case EVEN ->
                every(
                    loop, delayNs, LoadPlan.PICTURES_PER_SECOND * LoadPlan.PACKETS_PER_PICTURE, 1);
            case PICTURES ->
                every(loop, delayNs, LoadPlan.PICTURES_PER_SECOND, LoadPlan.PACKETS_PER_PICTURE);
          };
    };
  }

  private Future<?> every(EventLoop loop, long delayNs, int perSecond, int together) {
    return loop.scheduleAtFixedRate(
        () -> {
          for (int i = 0; i < together; i++) {
            sendOne();
          }
        },
        delayNs,
        TimeUnit.SECONDS.toNanos(1) / perSecond,
        TimeUnit.NANOSECONDS);
  }

  private void sendOne() {
    int perPicture = kind == Kind.PICTURES ? LoadPlan.PACKETS_PER_PICTURE : 1;
    int part = (int) (sent % perPicture);
    if (part == 0) {
      timestamp += kind.ticks;
    }
    boolean last = part == perPicture - 1;
    packet.put(0, (byte) 0x90);
    packet.put(1, (byte) (last ? 0x80 | kind.payloadType : kind.payloadType));
    packet.putShort(2, (short) sequence).putInt(4, timestamp).putInt(8, ssrc);
    int payload = putExtensions();
    if (kind == Kind.PICTURES) {
      packet.put(payload, part == 0 ? START_OF_PICTURE : 0);
      packet.put(payload + 1, startsKeyFrame() ? 0 : INTER_FRAME);
    }
    packet.putLong(payload + SENT_AT, System.nanoTime());
    transport.sendRtp(packet, payload, length);
    sequence = (sequence + 1) & 0xFFFF;
    sent++;
  }

  /**
   * One-byte headers (RFC 8285, 4.2).
   *
   * @return where the payload begins
   */
  private int putExtensions() {
    packet.putShort(HEADER, (short) 0xBEDE).putShort(HEADER + 2, (short) kind.extensions);
    int elements = HEADER + Integer.BYTES;
    packet.put(elements, (byte) ((SentParameters.TRANSPORT_CC_ID << 4) | 1));
    packet.putShort(elements + 1, numbers.next()).put(elements + 3, (byte) 0);
    if (kind == Kind.SOUND) {
      packet.putInt(elements + 4, SentParameters.AUDIO_LEVEL_ID << 28 | voice.level(sent) << 16);
    }
    return elements + kind.extensions * Integer.BYTES;
  }

  private boolean startsKeyFrame() {
    return sent % (LoadPlan.PICTURES_PER_SECOND * LoadPlan.PACKETS_PER_PICTURE) == 0;
  }
}
