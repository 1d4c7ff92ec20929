package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class CompressedTextTest {
  private static final int MOST = 10_000;

  @Test
  void a_message_is_read_as_it_was_written() throws IOException {
    String text = "{\"sdp\": \"" + "a=candidate – größer\r\n".repeat(200) + "\"}";

    assertThat(deflated(text)).hasSizeLessThan(text.length() / 10);
    assertThat(CompressedText.of(deflated(text), MOST)).isEqualTo(text);
  }

  @Test
  void a_message_that_unpacks_to_more_than_is_read_is_cut_where_that_shows() throws IOException {
    byte[] bomb = deflated("x".repeat(50_000_000));

    assertThat(CompressedText.of(bomb, MOST)).hasSize(MOST + 1);
  }

  @Test
  void what_is_not_deflated_is_no_message() throws IOException {
    byte[] whole = deflated("a text that is cut off somewhere, and another, and another");
    assertThat(CompressedText.of(Arrays.copyOf(whole, whole.length / 2), MOST)).isEmpty();
    assertThat(CompressedText.of(new byte[0], MOST)).isEmpty();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      assertThat(CompressedText.of(noise, MOST)).hasSizeLessThanOrEqualTo(MOST + 1);
    }
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, raw)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
