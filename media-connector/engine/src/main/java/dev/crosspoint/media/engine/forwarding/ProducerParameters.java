package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.List;
import java.util.Map;

/**
 * What a client sends, with the numbers that stand in its own packets.
 *
 * @param source what it shows; means nothing for audio
 * @param mid empty when its packets carry none
 * @param codecs at least one
 * @param encodings at least one
 * @param extensions ids (1 to 14) by header extension
 */
public record ProducerParameters(
    MediaKind kind,
    VideoSource source,
    String mid,
    List<RtpCodec> codecs,
    List<RtpEncoding> encodings,
    Map<HeaderExtension, Integer> extensions,
    String cname) {
  /**
   * @throws IllegalArgumentException when there is no codec or no encoding
   */
  public ProducerParameters {
    codecs = List.copyOf(codecs);
    encodings = List.copyOf(encodings);
    extensions = Map.copyOf(extensions);
    if (codecs.isEmpty() || encodings.isEmpty()) {
      throw new IllegalArgumentException("a producer has at least one codec and one encoding");
    }
  }

  /** Audio, or the picture of a camera. */
  public ProducerParameters(
      MediaKind kind,
      String mid,
      List<RtpCodec> codecs,
      List<RtpEncoding> encodings,
      Map<HeaderExtension, Integer> extensions,
      String cname) {
    this(kind, VideoSource.CAMERA, mid, codecs, encodings, extensions, cname);
  }

  /** The same stream, known to show this. */
  public ProducerParameters showing(VideoSource other) {
    return new ProducerParameters(kind, other, mid, codecs, encodings, extensions, cname);
  }
}
