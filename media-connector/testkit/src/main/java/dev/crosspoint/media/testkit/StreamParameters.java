package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters as browsers negotiate them; producers and consumers differ in every number. */
public final class StreamParameters {
  public static final int PRODUCER_OPUS = 109;
  public static final int PRODUCER_VP8 = 120;
  public static final int PRODUCER_VP8_RTX = 121;
  public static final int CONSUMER_OPUS = 100;
  public static final int CONSUMER_VP8 = 101;
  public static final int CONSUMER_VP8_RTX = 102;
  public static final int PRODUCER_MID_ID = 3;
  public static final int PRODUCER_LEVEL_ID = 5;
  public static final int PRODUCER_TRANSPORT_CC_ID = 7;
  public static final int PRODUCER_DESCRIPTOR_ID = 8;
  public static final int PRODUCER_RID_ID = 9;
  public static final int CONSUMER_TRANSPORT_CC_ID = 4;
  public static final int CONSUMER_ABS_SEND_TIME_ID = 6;

  private static final Map<HeaderExtension, Integer> PRODUCER_EXTENSIONS =
      Map.of(
          HeaderExtension.MID, PRODUCER_MID_ID,
          HeaderExtension.RID, PRODUCER_RID_ID,
          HeaderExtension.AUDIO_LEVEL, PRODUCER_LEVEL_ID,
          HeaderExtension.TRANSPORT_CC, PRODUCER_TRANSPORT_CC_ID);
  private static final Map<HeaderExtension, Integer> CONSUMER_EXTENSIONS =
      Map.of(
          HeaderExtension.MID, 1,
          HeaderExtension.AUDIO_LEVEL, 2,
          HeaderExtension.TRANSPORT_CC, CONSUMER_TRANSPORT_CC_ID);
  private static final Set<RtcpFeedback> VIDEO_FEEDBACK =
      Set.of(RtcpFeedback.NACK, RtcpFeedback.PLI, RtcpFeedback.FIR, RtcpFeedback.TRANSPORT_CC);

  private StreamParameters() {}

  /** Opus without NACK, under a known SSRC. */
  public static ProducerParameters opusFrom(int ssrc) {
    return new ProducerParameters(
        MediaKind.AUDIO,
        "audio",
        List.of(opus(PRODUCER_OPUS, Set.of(RtcpFeedback.TRANSPORT_CC))),
        List.of(RtpEncoding.ofSsrc(Integer.toUnsignedLong(ssrc))),
        PRODUCER_EXTENSIONS,
        "cname");
  }

  /** VP8 with NACK and RTX, under known SSRCs. */
  public static ProducerParameters vp8From(int ssrc, int rtxSsrc) {
    return vp8(List.of(encoding(ssrc, rtxSsrc)));
  }

  /** What is sent under {@link #vp8From}: its RTX has the next SSRC. */
  public static OutgoingStream vp8Stream(int ssrc, int firstSequenceNumber) {
    return OutgoingStream.withRtx(
        PRODUCER_VP8, ssrc, PRODUCER_VP8_RTX, ssrc + 1, firstSequenceNumber);
  }

  /** VP8 that is found by its MID. */
  public static ProducerParameters vp8ByMid() {
    return vp8(List.of(RtpEncoding.ofRid("")));
  }

  /** VP8 in several sizes, found by their RIDs, the smallest first. */
  public static ProducerParameters vp8Simulcast(Map<String, Long> bitsPerSecondByRid) {
    return vp8(
        bitsPerSecondByRid.entrySet().stream()
            .map(layer ->
                new RtpEncoding(
                    RtpEncoding.NONE, RtpEncoding.NONE, layer.getKey(), layer.getValue()))
            .toList());
  }

  /** The same under known SSRCs, one behind the other. */
  public static ProducerParameters vp8Simulcast(
      int firstSsrc, Collection<Long> bitsPerSecondBySize) {
    List<RtpEncoding> encodings = new ArrayList<>();
    for (long bitsPerSecond : bitsPerSecondBySize) {
      long ssrc = Integer.toUnsignedLong(firstSsrc + encodings.size());
      encodings.add(new RtpEncoding(ssrc, RtpEncoding.NONE, "", bitsPerSecond));
    }
    return vp8(encodings);
  }

  /** Opus, with NACK answered by plain resends if wanted. */
  public static ConsumerParameters opusTo(int ssrc, Set<RtcpFeedback> feedback) {
    return new ConsumerParameters(
        "0",
        List.of(opus(CONSUMER_OPUS, feedback)),
        RtpEncoding.ofSsrc(Integer.toUnsignedLong(ssrc)),
        CONSUMER_EXTENSIONS,
        "cname");
  }

  /** VP8 with NACK answered by RTX. */
  public static ConsumerParameters vp8To(int ssrc, int rtxSsrc) {
    return new ConsumerParameters(
        "1",
        List.of(
            new RtpCodec(CONSUMER_VP8, CodecName.VP8, 90_000, CONSUMER_VP8_RTX, VIDEO_FEEDBACK)),
        encoding(ssrc, rtxSsrc),
        CONSUMER_EXTENSIONS,
        "cname");
  }

  /** The same stream, encoded with another codec of video. */
  public static ProducerParameters encoded(ProducerParameters usual, CodecName codec) {
    return new ProducerParameters(
        usual.kind(),
        usual.source(),
        usual.mid(),
        encoded(usual.codecs(), codec),
        usual.encodings(),
        usual.extensions(),
        usual.cname());
  }

  /** The same for a receiver who takes another codec of video. */
  public static ConsumerParameters encoded(ConsumerParameters usual, CodecName codec) {
    return new ConsumerParameters(
        usual.mid(),
        encoded(usual.codecs(), codec),
        usual.encoding(),
        usual.extensions(),
        usual.cname());
  }

  /** The same stream with dependency descriptors beside its payloads. */
  public static ProducerParameters described(ProducerParameters usual) {
    Map<HeaderExtension, Integer> extensions = new EnumMap<>(usual.extensions());
    extensions.put(HeaderExtension.DEPENDENCY_DESCRIPTOR, PRODUCER_DESCRIPTOR_ID);
    return new ProducerParameters(
        usual.kind(),
        usual.source(),
        usual.mid(),
        usual.codecs(),
        usual.encodings(),
        extensions,
        usual.cname());
  }

  /** The same for a receiver who knows no numbers of transports, and so reports no arrivals. */
  public static ConsumerParameters unnumbered(ConsumerParameters usual) {
    return new ConsumerParameters(
        usual.mid(),
        usual.codecs(),
        usual.encoding(),
        Map.of(HeaderExtension.MID, usual.extensions().get(HeaderExtension.MID)),
        usual.cname());
  }

  /** The same for a receiver who is told when packets leave, and reports no arrivals. */
  public static ConsumerParameters timed(ConsumerParameters usual) {
    return new ConsumerParameters(
        usual.mid(),
        usual.codecs(),
        usual.encoding(),
        Map.of(
            HeaderExtension.MID,
            usual.extensions().get(HeaderExtension.MID),
            HeaderExtension.ABS_SEND_TIME,
            CONSUMER_ABS_SEND_TIME_ID),
        usual.cname());
  }

  private static ProducerParameters vp8(List<RtpEncoding> encodings) {
    return new ProducerParameters(
        MediaKind.VIDEO,
        "video",
        List.of(
            new RtpCodec(PRODUCER_VP8, CodecName.VP8, 90_000, PRODUCER_VP8_RTX, VIDEO_FEEDBACK)),
        encodings,
        PRODUCER_EXTENSIONS,
        "cname");
  }

  private static RtpCodec opus(int payloadType, Set<RtcpFeedback> feedback) {
    return new RtpCodec(payloadType, CodecName.OPUS, 48_000, RtpCodec.NONE, feedback);
  }

  private static List<RtpCodec> encoded(List<RtpCodec> usual, CodecName codec) {
    return usual.stream()
        .map(like ->
            new RtpCodec(
                like.payloadType(),
                codec,
                like.clockRate(),
                like.rtxPayloadType(),
                like.feedback()))
        .toList();
  }

  private static RtpEncoding encoding(int ssrc, int rtxSsrc) {
    return RtpEncoding.ofSsrc(Integer.toUnsignedLong(ssrc), Integer.toUnsignedLong(rtxSsrc));
  }
}
