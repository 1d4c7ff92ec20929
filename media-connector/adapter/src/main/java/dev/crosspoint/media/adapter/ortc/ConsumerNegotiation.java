package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.api.MediaErrorCode.CANNOT_CONSUME;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtcpParameters;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpEncodingParameters;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what a client receives of a producer (ORTC {@code RTCRtpSender.send}). */
public final class ConsumerNegotiation {

  private static final Set<String> OWN =
      Set.of(
          HeaderExtension.MID.uri(),
          HeaderExtension.TRANSPORT_CC.uri(),
          HeaderExtension.ABS_SEND_TIME.uri());

  private final RtpCapabilities router;

  public ConsumerNegotiation(RtpCapabilities router) {
    this.router = router;
  }

  /**
   * @param receiver what the client can receive
   * @throws MediaException {@code CANNOT_CONSUME} when the client can receive none of the codecs
   */
  public ConsumerAnswer negotiate(
      ProducerOffer producer, RtpCapabilities receiver, ConsumerIdentity identity) {
    List<RtpHeaderExtension> extensions = extensions(producer, receiver);
    List<RtpCodecParameters> codecs = new ArrayList<>();
    List<RtpCodec> engineCodecs = new ArrayList<>();
    for (RtpCodecParameters codec : producer.codecs()) {
      Optional<RtpCodecCapability> wanted = Codecs.matching(receiver, codec);
      if (wanted.isPresent()) {
        List<RtcpFeedback> feedback =
            feedback(codec.rtcpFeedback(), wanted.get().rtcpFeedback(), extensions);
        Optional<RtpCodecCapability> rtx = rtx(codec, wanted.get(), receiver);
        codecs.add(with(codec, feedback));
        rtx.map(ConsumerNegotiation::rtxParameters).ifPresent(codecs::add);
        engineCodecs.add(engineCodec(codec, feedback, rtx));
      }
    }
    if (engineCodecs.isEmpty()) {
      throw new MediaException(
          CANNOT_CONSUME,
          "the client can receive none of the codecs that are sent: "
              + producer.codecs().stream()
                  .map(RtpCodecParameters::mimeType)
                  .collect(Collectors.joining(", ")));
    }
    boolean resends = engineCodecs.stream().anyMatch(RtpCodec::hasRtx);
    return new ConsumerAnswer(
        clientParameters(identity, codecs, extensions, resends),
        engineParameters(identity, engineCodecs, extensions, resends));
  }

  /**
   * Extensions of the router that it sends for this kind and that the client understands. Who
   * reports arrivals has no use for when packets left, which costs bytes of each.
   */
  private List<RtpHeaderExtension> extensions(ProducerOffer producer, RtpCapabilities receiver) {
    List<RtpHeaderExtension> common = common(producer, receiver);
    boolean reports = has(common, HeaderExtension.TRANSPORT_CC);
    return common.stream()
        .filter(
            extension -> !(reports && extension.uri().equals(HeaderExtension.ABS_SEND_TIME.uri())))
        .toList();
  }

  private static boolean has(List<RtpHeaderExtension> extensions, HeaderExtension wanted) {
    return extensions.stream().anyMatch(extension -> extension.uri().equals(wanted.uri()));
  }

  private List<RtpHeaderExtension> common(ProducerOffer producer, RtpCapabilities receiver) {
    return router.headerExtensions().stream()
        .filter(extension -> extension.kind() == producer.kind())
        .filter(extension -> sends(extension.direction()))
        .filter(extension -> isPossible(extension.uri(), producer))
        .filter(extension ->
            receiver.headerExtensions().stream()
                .anyMatch(known ->
                    known.kind() == extension.kind()
                        && known.uri().equals(extension.uri())
                        && known.preferredId() == extension.preferredId()))
        .toList();
  }

  private static boolean sends(String direction) {
    return direction.equals("sendrecv") || direction.equals("sendonly");
  }

  /** Some the router writes itself; others it can only pass on. */
  private static boolean isPossible(String uri, ProducerOffer producer) {
    return OWN.contains(uri) || producer.extensions().contains(uri);
  }

  /**
   * What both sides know. Bandwidth feedback makes sense only with the extension it is computed
   * from; without transport-cc the client may send REMB.
   */
  private static List<RtcpFeedback> feedback(
      List<RtcpFeedback> ours, List<RtcpFeedback> theirs, List<RtpHeaderExtension> extensions) {
    String useless = has(extensions, HeaderExtension.TRANSPORT_CC) ? "goog-remb" : "transport-cc";
    return ours.stream()
        .filter(theirs::contains)
        .filter(feedback -> !feedback.type().equals(useless))
        .toList();
  }

  private Optional<RtpCodecCapability> rtx(
      RtpCodecParameters codec, RtpCodecCapability wanted, RtpCapabilities receiver) {
    return Codecs.rtxOf(router, codec.payloadType())
        .filter(_ -> Codecs.rtxOf(receiver, wanted.preferredPayloadType()).isPresent());
  }

  private static RtpCodecParameters with(RtpCodecParameters codec, List<RtcpFeedback> feedback) {
    return new RtpCodecParameters(
        codec.mimeType(),
        codec.payloadType(),
        codec.clockRate(),
        codec.channels(),
        codec.parameters(),
        feedback);
  }

  private static RtpCodecParameters rtxParameters(RtpCodecCapability rtx) {
    return new RtpCodecParameters(
        rtx.mimeType(),
        rtx.preferredPayloadType(),
        rtx.clockRate(),
        rtx.channels(),
        rtx.parameters(),
        List.of());
  }

  private static RtpCodec engineCodec(
      RtpCodecParameters codec, List<RtcpFeedback> feedback, Optional<RtpCodecCapability> rtx) {
    return new RtpCodec(
        codec.payloadType(),
        Codecs.engineName(codec.mimeType()).orElseThrow(),
        CodecProfile.of(codec.mimeType(), codec.parameters()),
        codec.clockRate(),
        rtx.map(RtpCodecCapability::preferredPayloadType).orElse(RtpCodec.NONE),
        Codecs.engineFeedback(feedback));
  }

  private static RtpParameters clientParameters(
      ConsumerIdentity identity,
      List<RtpCodecParameters> codecs,
      List<RtpHeaderExtension> extensions,
      boolean resends) {
    RtpEncodingParameters encoding =
        new RtpEncodingParameters(
            OptionalLong.of(identity.ssrc()),
            Optional.empty(),
            OptionalInt.empty(),
            resends ? OptionalLong.of(identity.rtxSsrc()) : OptionalLong.empty(),
            false,
            Optional.empty(),
            OptionalLong.empty());
    return new RtpParameters(
        identity.mid(),
        codecs,
        extensions.stream()
            .map(extension ->
                new RtpHeaderExtensionParameters(
                    extension.uri(), extension.preferredId(), false, Map.of()))
            .toList(),
        List.of(encoding),
        new RtcpParameters(identity.cname(), true));
  }

  private static ConsumerParameters engineParameters(
      ConsumerIdentity identity,
      List<RtpCodec> codecs,
      List<RtpHeaderExtension> extensions,
      boolean resends) {
    Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
    for (RtpHeaderExtension extension : extensions) {
      HeaderExtension.ofUri(extension.uri())
          .ifPresent(known -> ids.put(known, extension.preferredId()));
    }
    RtpEncoding encoding =
        resends
            ? RtpEncoding.ofSsrc(identity.ssrc(), identity.rtxSsrc())
            : RtpEncoding.ofSsrc(identity.ssrc());
    return new ConsumerParameters(identity.mid(), codecs, encoding, ids, identity.cname());
  }
}
