package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which payload types and header extension ids of a producer become which of a receiver. One for
 * all receivers that ask for the same, which is mostly all of them: what is needed for each packet
 * to each of them is in the processor's cache then.
 */
final class PacketMapping {
  /** There is no such payload type. */
  static final int NONE = -1;

  /** What a receiver can use as its sender wrote it. The others belong to one hop. */
  private static final List<HeaderExtension> END_TO_END =
      List.of(
          HeaderExtension.AUDIO_LEVEL,
          HeaderExtension.VIDEO_ORIENTATION,
          HeaderExtension.COLOR_SPACE,
          HeaderExtension.DEPENDENCY_DESCRIPTOR,
          HeaderExtension.PLAYOUT_DELAY,
          HeaderExtension.ABS_CAPTURE_TIME);

  private final List<RtpCodec> codecs;
  private final Map<HeaderExtension, Integer> extensions;
  private final byte[] payloadTypes = new byte[128];
  private final byte[] rtxPayloadTypes = new byte[128];
  private final int midId;
  private final int transportCcId;
  private final int absSendTimeId;
  private final int[] fromIds;
  private final int[] toIds;

  PacketMapping(ProducerParameters from, ConsumerParameters to) {
    codecs = to.codecs();
    extensions = to.extensions();
    midId = id(HeaderExtension.MID);
    transportCcId = id(HeaderExtension.TRANSPORT_CC);
    absSendTimeId = id(HeaderExtension.ABS_SEND_TIME);
    List<HeaderExtension> common =
        END_TO_END.stream()
            .filter(extensions::containsKey)
            .filter(from.extensions()::containsKey)
            .toList();
    fromIds = ids(common, from.extensions());
    toIds = ids(common, extensions);
    Arrays.fill(payloadTypes, (byte) NONE);
    Arrays.fill(rtxPayloadTypes, (byte) NONE);
    for (RtpCodec source : from.codecs()) {
      for (RtpCodec target : codecs) {
        if (source.isSameFormat(target) && payloadTypes[source.payloadType()] == NONE) {
          payloadTypes[source.payloadType()] = (byte) target.payloadType();
          rtxPayloadTypes[source.payloadType()] = (byte) target.rtxPayloadType();
        }
      }
    }
  }

  /** Whether it is a receiver's with these parameters, too, of the same producer. */
  boolean suits(ConsumerParameters to) {
    return codecs.equals(to.codecs()) && extensions.equals(to.extensions());
  }

  /** The receiver's payload type for the same format, or {@link #NONE}. */
  int payloadType(int from) {
    return payloadTypes[from];
  }

  /** The receiver's payload type for its retransmissions, or {@link #NONE}. */
  int rtxPayloadType(int from) {
    return rtxPayloadTypes[from];
  }

  /** The receiver's id, or 0 when it has no use for it; as the following ones. */
  int midId() {
    return midId;
  }

  int transportCcId() {
    return transportCcId;
  }

  int absSendTimeId() {
    return absSendTimeId;
  }

  /** How many extensions a receiver is sent as the sender wrote them. */
  int copied() {
    return fromIds.length;
  }

  /** The sender's id of one of these. */
  int fromId(int index) {
    return fromIds[index];
  }

  /** The receiver's. */
  int toId(int index) {
    return toIds[index];
  }

  private int id(HeaderExtension extension) {
    return extensions.getOrDefault(extension, 0);
  }

  private static int[] ids(List<HeaderExtension> wanted, Map<HeaderExtension, Integer> ids) {
    return wanted.stream().map(ids::get).mapToInt(Integer::intValue).toArray();
  }
}
