package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SsrcMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows which stream of which producer a packet of this client belongs to: by its SSRC, which was
 * declared or is learnt from the MID and RID of an authentic packet (RFC 8843, 9.2; RFC 8852).
 */
final class StreamTable {
  private final List<Producer> producers = new ArrayList<>();
  private final List<InboundStream> streams = new ArrayList<>();
  private final SsrcMap<InboundStream> media = new SsrcMap<>();
  private final SsrcMap<InboundStream> retransmissions = new SsrcMap<>();

  List<Producer> producers() {
    return producers;
  }

  /** All streams; for loops by index, which cost the timers no garbage. */
  List<InboundStream> streams() {
    return streams;
  }

  /** Whether the parameters name an SSRC or MID that another producer of this client has. */
  boolean collides(ProducerParameters parameters) {
    for (RtpEncoding encoding : parameters.encodings()) {
      if ((encoding.hasSsrc() && isKnown((int) encoding.ssrc()))
          || (encoding.hasRtx() && isKnown((int) encoding.rtxSsrc()))) {
        return true;
      }
    }
    return !parameters.mid().isEmpty()
        && producers.stream().anyMatch(p -> p.parameters().mid().equals(parameters.mid()));
  }

  void add(Producer producer) {
    producers.add(producer);
    streams.addAll(producer.streams());
    for (InboundStream stream : producer.streams()) {
      if (stream.encoding().hasSsrc()) {
        media.put((int) stream.encoding().ssrc(), stream);
      }
      if (stream.encoding().hasRtx()) {
        retransmissions.put((int) stream.encoding().rtxSsrc(), stream);
      }
    }
  }

  void remove(Producer producer) {
    producers.remove(producer);
    streams.removeAll(producer.streams());
    media.removeIf(stream -> stream.producer().equals(producer));
    retransmissions.removeIf(stream -> stream.producer().equals(producer));
  }

  /** Tells the client which of its streams nobody is sent any more, or somebody again. */
  void updateDemand(long nowNs) {
    for (int i = 0; i < producers.size(); i++) {
      producers.get(i).updateDemand(nowNs);
    }
  }

  /** The stream with this SSRC, or null. */
  @Nullable InboundStream media(int ssrc) {
    return media.get(ssrc);
  }

  /** The stream whose retransmissions have this SSRC, or null. */
  @Nullable InboundStream retransmitted(int ssrc) {
    return retransmissions.get(ssrc);
  }

  /** Learns the SSRC of an authentic packet; false when it belongs to no producer. */
  boolean learn(RtpPacket packet) {
    Producer producer = producerByMid(packet);
    if (producer == null) {
      return false;
    }
    String repaired = text(packet, producer, HeaderExtension.REPAIRED_RID);
    if (!repaired.isEmpty() || producer.codecOfRtx(packet.payloadType()) != null) {
      return learnRetransmission(packet, producer, repaired);
    }
    InboundStream stream = stream(producer, text(packet, producer, HeaderExtension.RID));
    if (stream == null || stream.encoding().hasSsrc()) {
      return false;
    }
    media.removeIf(known -> known.equals(stream));
    media.put(packet.ssrc(), stream);
    stream.bind(packet.ssrc());
    return true;
  }

  private boolean learnRetransmission(RtpPacket packet, Producer producer, String rid) {
    InboundStream stream = stream(producer, rid);
    if (stream == null || stream.encoding().hasRtx()) {
      return false;
    }
    retransmissions.removeIf(known -> known.equals(stream));
    retransmissions.put(packet.ssrc(), stream);
    return true;
  }

  private static @Nullable InboundStream stream(Producer producer, String rid) {
    for (InboundStream stream : producer.streams()) {
      if (stream.encoding().rid().equals(rid)
          || (rid.isEmpty() && producer.streams().size() == 1)) {
        return stream;
      }
    }
    return null;
  }

  private @Nullable Producer producerByMid(RtpPacket packet) {
    for (Producer producer : producers) {
      String mid = text(packet, producer, HeaderExtension.MID);
      if (!mid.isEmpty() && mid.equals(producer.parameters().mid())) {
        return producer;
      }
    }
    return null;
  }

  private static String text(RtpPacket packet, Producer producer, HeaderExtension extension) {
    return packet.extensionText(producer.parameters().extensions().getOrDefault(extension, 0));
  }

  private boolean isKnown(int ssrc) {
    return media.get(ssrc) != null || retransmissions.get(ssrc) != null;
  }
}
