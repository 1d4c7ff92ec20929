package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The pictures of {@code camera.js}: 24 dark or light blocks, which are the bits of a counter (16),
 * a person (4) and the sum of the five nibbles before (4).
 */
final class NumberedPicture {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final int COLUMNS = 8;
  private static final int ROWS = 3;
  private static final byte LIGHT = (byte) 188;
  private static final byte DARK = 57;
  private static final byte COLOURLESS = (byte) 128;
  private static final int BETWEEN = 122;

  private NumberedPicture() {}

  /** A new buffer; who gets it releases it. */
  static NativeI420Buffer draw(int person, int counter) {
    int bits = ((counter & 0xFFFF) << 8) | (person << 4);
    bits |= sum(bits);
    NativeI420Buffer picture = NativeI420Buffer.allocate(WIDTH, HEIGHT);
    ByteBuffer light = picture.getDataY();
    for (int y = 0; y < HEIGHT; y++) {
      light.put(y * picture.getStrideY(), line(bits >> (COLUMNS * (ROWS - 1 - y * ROWS / HEIGHT))));
    }
    fill(picture.getDataU(), COLOURLESS);
    fill(picture.getDataV(), COLOURLESS);
    return picture;
  }

  /** Whose picture this is, if it can be read. */
  static OptionalInt personIn(I420Buffer picture) {
    ByteBuffer light = picture.getDataY();
    int bits = 0;
    for (int block = 0; block < COLUMNS * ROWS; block++) {
      int x = (2 * (block % COLUMNS) + 1) * picture.getWidth() / (2 * COLUMNS);
      int y = (2 * (block / COLUMNS) + 1) * picture.getHeight() / (2 * ROWS);
      int luma = Byte.toUnsignedInt(light.get(y * picture.getStrideY() + x));
      bits = (bits << 1) | (luma > BETWEEN ? 1 : 0);
    }
    return bits != 0 && sum(bits) == (bits & 0xF)
        ? OptionalInt.of((bits >> 4) & 0xF)
        : OptionalInt.empty();
  }

  private static byte[] line(int bits) {
    byte[] line = new byte[WIDTH];
    for (int x = 0; x < WIDTH; x++) {
      int column = x * COLUMNS / WIDTH;
      line[x] = (bits >> (COLUMNS - 1 - column) & 1) == 1 ? LIGHT : DARK;
    }
    return line;
  }

  private static void fill(ByteBuffer plane, byte value) {
    byte[] values = new byte[plane.remaining()];
    Arrays.fill(values, value);
    plane.put(values);
  }

  private static int sum(int bits) {
    int sum = 0;
    for (int shift = 4; shift < COLUMNS * ROWS; shift += 4) {
      sum += bits >> shift;
    }
    return sum & 0xF;
  }
}
