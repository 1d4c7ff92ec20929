package dev.crosspoint.media.engine.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lets one receiver see picture ids and TL0PICIDX go on evenly (VP8: RFC 7741, 4.2; VP9: RFC 9628,
 * 4.2), whichever streams it is sent, and whatever pictures of them it is not. A picture that was
 * lost on its way to us stays a gap, so that its repair finds its place. The same picture of a run
 * always gets the same id: packets that come late, and resends, are rewritten like all others.
 */
public final class PictureIdRewriter {
  /** Pictures behind the latest whose ids are still known: some seconds. */
  public static final int REMEMBERED = 256;

  private static final int NOT_YET = -1;

  /** Pictures that were skipped, a bit for each. */
  private final long[] skipped = new long[REMEMBERED / Long.SIZE];

  private boolean pictureRun;
  private long highestIn;
  private long offset;
  private long skips;
  private long highestOut = NOT_YET;

  private boolean tl0Run;
  private int tl0Offset;
  private int highestTl0Out = NOT_YET;

  /** What comes next belongs to another stream, or to the same one after a pause. */
  public void restart() {
    pictureRun = false;
    tl0Run = false;
  }

  /**
   * This picture is not sent, and the receiver is not to miss it. For VP8 only: VP9 has pictures
   * refer to each other by differences of ids (RFC 9628, 4.2), and its receivers know from the
   * layers which ones they do without.
   */
  public void skip(PayloadInfo picture) {
    if (!pictureRun || picture.pictureId == PayloadInfo.NONE) {
      return;
    }
    long in = extend(picture);
    // Behind the highest its id has been left out already, as that of a picture that may come.
    if (in > highestIn) {
      advance(in);
      skipped[word(in)] |= bit(in);
      skips++;
    }
  }

  /**
   * Writes the ids into a copy of the payload that {@code read} tells of.
   *
   * @param payload where it begins in the buffer
   * @return false when the picture was skipped, or is too old to tell: not to be sent
   */
  public boolean rewrite(PayloadInfo read, ByteBuffer buffer, int payload) {
    if (read.pictureId != PayloadInfo.NONE) {
      long in = extend(read);
      if (!pictureRun) {
        begin(in);
      }
      if (in > highestIn) {
        advance(in);
      } else if (in <= highestIn - REMEMBERED || isSkipped(in)) {
        return false;
      }
      long out = in + offset - skipsBefore(in);
      highestOut = Math.max(highestOut, out);
      read.writePictureId(buffer, payload, (int) out & 0x7FFF);
    }
    if (read.tl0PicIdx != PayloadInfo.NONE) {
      read.writeTl0PicIdx(buffer, payload, tl0(read.tl0PicIdx));
    }
    return true;
  }

  /** The number nearest to the latest that has the same low bits. */
  private long extend(PayloadInfo read) {
    if (!pictureRun) {
      return read.pictureId;
    }
    int unused = Integer.SIZE - read.pictureIdBits;
    int distance = (read.pictureId - (int) highestIn) << unused >> unused;
    return highestIn + distance;
  }

  private void begin(long in) {
    pictureRun = true;
    highestIn = in;
    skips = 0;
    Arrays.fill(skipped, 0);
    offset = highestOut == NOT_YET ? 0 : highestOut + 1 - in;
  }

  private void advance(long in) {
    if (in - highestIn >= REMEMBERED) {
      Arrays.fill(skipped, 0);
    } else {
      for (long between = highestIn + 1; between <= in; between++) {
        skipped[word(between)] &= ~bit(between);
      }
    }
    highestIn = in;
  }

  private long skipsBefore(long in) {
    long before = skips;
    for (long later = in + 1; later <= highestIn; later++) {
      if (isSkipped(later)) {
        before--;
      }
    }
    return before;
  }

  private boolean isSkipped(long in) {
    return (skipped[word(in)] & bit(in)) != 0;
  }

  private static int word(long in) {
    return (int) (in & (REMEMBERED - 1)) >>> 6;
  }

  private static long bit(long in) {
    return 1L << (in & 63);
  }

  /** Nothing of the lowest temporal layer is ever left out of a run. */
  private int tl0(int in) {
    if (!tl0Run) {
      tl0Run = true;
      tl0Offset = highestTl0Out == NOT_YET ? 0 : highestTl0Out + 1 - in;
    }
    int out = (in + tl0Offset) & 0xFF;
    if (highestTl0Out == NOT_YET || (byte) (out - highestTl0Out) > 0) {
      highestTl0Out = out;
    }
    return out;
  }
}
