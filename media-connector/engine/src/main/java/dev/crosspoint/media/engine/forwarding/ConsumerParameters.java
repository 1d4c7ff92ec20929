package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a receiver is sent, with the numbers that shall stand in its packets. A packet of the
 * producer takes the payload type of the codec that is the same format.
 *
 * @param mid written into the packets when {@code extensions} has {@link HeaderExtension#MID};
 *     empty for none
 * @param codecs at least one
 * @param encoding has an SSRC; an RTX SSRC too when resends shall use RFC 4588
 * @param extensions ids (1 to 14) by header extension
 */
public record ConsumerParameters(
    String mid,
    List<RtpCodec> codecs,
    RtpEncoding encoding,
    Map<HeaderExtension, Integer> extensions,
    String cname) {
  /** The most that a one-byte header extension holds (RFC 8285, 4.2). */
  private static final int MAX_MID = 16;

  private static final int MAX_CNAME = 255;

  /**
   * @throws IllegalArgumentException when there is no codec or no SSRC, or something is longer than
   *     packets can carry
   */
  public ConsumerParameters {
    codecs = List.copyOf(codecs);
    extensions = Map.copyOf(extensions);
    if (codecs.isEmpty() || !encoding.hasSsrc()) {
      throw new IllegalArgumentException("a consumer has at least one codec and an SSRC");
    }
    if (mid.length() > MAX_MID || cname.getBytes(StandardCharsets.UTF_8).length > MAX_CNAME) {
      throw new IllegalArgumentException("MID or CNAME too long");
    }
    if (extensions.values().stream().anyMatch(id -> id < 1 || id > 14)) {
      throw new IllegalArgumentException("header extension ids are 1 to 14");
    }
  }
}
