package dev.crosspoint.media.engine.codec;

/**
 * The H.264 payload in packetization mode 1 (RFC 6184, 5.4): single NAL units, STAP-A and FU-A.
 *
 * <p>A receiver can begin where a sequence parameter set stands. WebRTC has parameter sets in band
 * and nowhere else (RFC 7742, 6.2), and senders repeat them before each IDR picture, in packets of
 * their own: who began with the IDR picture would miss them, and an IDR picture without them is of
 * use only to those who have begun before.
 */
final class H264Payload {
  private static final int SLICE = 1;
  private static final int IDR_SLICE = 5;
  private static final int SEQUENCE_PARAMETERS = 7;
  private static final int DELIMITER = 9;
  private static final int PREFIX = 14;
  private static final int LAST_SINGLE = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private H264Payload() {}

  /** Whether the payload was understood. */
  static boolean read(BitReader in, PayloadInfo info) {
    int type = readType(in);
    return switch (type) {
      case STAP_A -> readAggregate(in, info);
      case FU_A -> readFragment(in, info);
      default -> type >= SLICE && type <= LAST_SINGLE && look(type, in.remaining(), in, info);
    };
  }

  private static int readType(BitReader in) {
    in.skip(3);
    return in.read(5);
  }

  private static boolean readAggregate(BitReader in, PayloadInfo info) {
    while (in.remaining() > 0) {
      int size = in.read(16);
      int type = readType(in);
      int rest = (size - 1) * Byte.SIZE;
      if (rest < 0 || rest > in.remaining() || !look(type, rest, in, info)) {
        return false;
      }
    }
    return !in.isOverrun();
  }

  /** Only the first fragment has the beginning of the NAL unit. */
  private static boolean readFragment(BitReader in, PayloadInfo info) {
    boolean start = in.flag();
    in.skip(2);
    int type = in.read(5);
    return start ? look(type, in.remaining(), in, info) : !in.isOverrun();
  }

  /**
   * Takes what one NAL unit tells, and goes behind it.
   *
   * @param bits of the NAL unit without its first byte
   */
  private static boolean look(int type, int bits, BitReader in, PayloadInfo info) {
    int behind = in.remaining() - bits;
    switch (type) {
      case SEQUENCE_PARAMETERS -> {
        info.startsFrame = true;
        info.entryPoint = true;
      }
      case DELIMITER -> info.startsFrame = true;
      case SLICE, IDR_SLICE -> readSlice(bits, in, info);
      case PREFIX -> readPrefix(bits, in, info);
      default -> {
        // Tells nothing of the frame.
      }
    }
    in.skip(in.remaining() - behind);
    return !in.isOverrun();
  }

  /** The first macroblock of a slice is written first; 0 is a single bit (ITU-T H.264, 7.3.3). */
  private static void readSlice(int bits, BitReader in, PayloadInfo info) {
    if (bits > 0 && in.flag()) {
      info.startsFrame = true;
    }
  }

  /** Layer of the NAL unit that follows (ITU-T H.264, 7.3.1.1 and G.7.3.1.1). */
  private static void readPrefix(int bits, BitReader in, PayloadInfo info) {
    if (bits >= 24 && in.flag()) {
      in.skip(15);
      info.temporalLayer = in.read(3);
    }
  }
}
