package dev.crosspoint.media.adapter.ortc;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import java.util.List;

/**
 * A client's stream after negotiation.
 *
 * @param engine what the engine is told
 * @param codecs what receivers may be sent: the client's parameters under the router's payload
 *     types, without retransmission formats
 * @param extensions URIs of the header extensions in the stream
 */
public record ProducerOffer(
    MediaKind kind,
    ProducerParameters engine,
    List<RtpCodecParameters> codecs,
    List<String> extensions) {
  public ProducerOffer {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
  }
}
