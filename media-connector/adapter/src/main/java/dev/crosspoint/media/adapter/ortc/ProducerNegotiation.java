package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.api.MediaErrorCode.INVALID_RTP_PARAMETERS;
import static dev.crosspoint.media.api.MediaErrorCode.UNSUPPORTED_CODEC;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpEncodingParameters;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what a router makes of a client's stream (ORTC {@code RTCRtpReceiver.receive}). */
public final class ProducerNegotiation {

  private static final int MAX_PAYLOAD_TYPE = 127;
  private static final int MAX_EXTENSION_ID = 14;
  private static final long MAX_SSRC = 0xFFFF_FFFFL;
  private static final int MAX_ENCODINGS = 8;

  /** RFC 8852, section 3.1 says letters and digits; a one-byte header extension holds 16. */
  private static final String RID = "[A-Za-z0-9]{1,16}";

  private static final int MAX_MID_LENGTH = 16;

  private final RtpCapabilities router;

  public ProducerNegotiation(RtpCapabilities router) {
    this.router = router;
  }

  /**
   * @throws MediaException {@code INVALID_RTP_PARAMETERS} when they contradict themselves, {@code
   *     UNSUPPORTED_CODEC} when the router knows none of the codecs
   */
  public ProducerOffer negotiate(MediaKind kind, RtpParameters offered) {
    checkPayloadTypes(kind, offered.codecs());
    if (offered.mid().length() > MAX_MID_LENGTH) {
      throw invalid("mid is longer than " + MAX_MID_LENGTH + " characters");
    }
    List<RtpCodec> engineCodecs = new ArrayList<>();
    List<RtpCodecParameters> consumable = new ArrayList<>();
    for (RtpCodecParameters codec : offered.codecs()) {
      Optional<CodecName> name = Codecs.engineName(codec.mimeType());
      Optional<RtpCodecCapability> known = Codecs.matching(router, codec);
      if (name.isPresent() && known.isPresent()) {
        engineCodecs.add(engineCodec(name.get(), codec, offered.codecs()));
        consumable.add(consumable(codec, known.get()));
      }
    }
    if (engineCodecs.isEmpty()) {
      throw new MediaException(UNSUPPORTED_CODEC, "none of the offered codecs is supported");
    }
    Map<HeaderExtension, Integer> extensions = extensions(offered.headerExtensions());
    ProducerParameters engine =
        new ProducerParameters(
            kind == MediaKind.audio
                ? dev.crosspoint.media.engine.rtp.MediaKind.AUDIO
                : dev.crosspoint.media.engine.rtp.MediaKind.VIDEO,
            offered.mid(),
            engineCodecs,
            encodings(offered),
            extensions,
            offered.rtcp().cname());
    return new ProducerOffer(
        kind, engine, consumable, extensions.keySet().stream().map(HeaderExtension::uri).toList());
  }

  private static void checkPayloadTypes(MediaKind kind, List<RtpCodecParameters> codecs) {
    Set<Integer> seen = new HashSet<>();
    for (RtpCodecParameters codec : codecs) {
      if (!Codecs.isOf(kind, codec.mimeType())) {
        throw invalid("codec " + codec.mimeType() + " is not of kind " + kind);
      }
      int payloadType = codec.payloadType();
      if (payloadType < 0 || payloadType > MAX_PAYLOAD_TYPE || !seen.add(payloadType)) {
        throw invalid("payload type " + payloadType + " is out of range or used twice");
      }
    }
    for (RtpCodecParameters codec : codecs) {
      if (Rtx.is(codec.mimeType())
          && !seen.contains(Rtx.associated(codec.parameters()).orElse(-1))) {
        throw invalid("retransmission format " + codec.payloadType() + " belongs to no codec");
      }
    }
  }

  private static RtpCodec engineCodec(
      CodecName name, RtpCodecParameters codec, List<RtpCodecParameters> all) {
    int rtx =
        all.stream()
            .filter(other -> Rtx.is(other.mimeType()))
            .filter(other -> Rtx.associated(other.parameters()).orElse(-1) == codec.payloadType())
            .mapToInt(RtpCodecParameters::payloadType)
            .findFirst()
            .orElse(RtpCodec.NONE);
    return new RtpCodec(
        codec.payloadType(),
        name,
        CodecProfile.of(codec.mimeType(), codec.parameters()),
        codec.clockRate(),
        rtx,
        Codecs.engineFeedback(codec.rtcpFeedback()));
  }

  private static RtpCodecParameters consumable(RtpCodecParameters codec, RtpCodecCapability known) {
    return new RtpCodecParameters(
        known.mimeType(),
        known.preferredPayloadType(),
        known.clockRate(),
        known.channels(),
        codec.parameters(),
        known.rtcpFeedback());
  }

  private static Map<HeaderExtension, Integer> extensions(
      List<RtpHeaderExtensionParameters> offered) {
    Map<HeaderExtension, Integer> extensions = new EnumMap<>(HeaderExtension.class);
    Set<Integer> seen = new HashSet<>();
    for (RtpHeaderExtensionParameters extension : offered) {
      if (extension.id() < 1 || extension.id() > MAX_EXTENSION_ID || !seen.add(extension.id())) {
        throw invalid("header extension id " + extension.id() + " is out of range or used twice");
      }
      if (!extension.encrypt()) {
        HeaderExtension.ofUri(extension.uri())
            .ifPresent(known -> extensions.put(known, extension.id()));
      }
    }
    return extensions;
  }

  private static List<RtpEncoding> encodings(RtpParameters offered) {
    if (offered.encodings().size() > MAX_ENCODINGS) {
      throw invalid("more than " + MAX_ENCODINGS + " encodings");
    }
    if (offered.encodings().isEmpty()) {
      RtpEncoding only = RtpEncoding.ofRid("");
      checkIdentified(only, offered.mid(), 1);
      return List.of(only);
    }
    List<RtpEncoding> encodings = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (RtpEncodingParameters encoding : offered.encodings()) {
      long ssrc = ssrc(encoding.ssrc().orElse(RtpEncoding.NONE), seen);
      long rtx = ssrc(encoding.rtxSsrc().orElse(RtpEncoding.NONE), seen);
      String rid = rid(encoding.rid(), seen);
      long maxBitrate = Math.max(RtpEncoding.NONE, encoding.maxBitrate().orElse(RtpEncoding.NONE));
      RtpEncoding known = new RtpEncoding(ssrc, rtx, rid, maxBitrate);
      checkIdentified(known, offered.mid(), offered.encodings().size());
      encodings.add(known);
    }
    return encodings;
  }

  /** A stream must be found by its SSRC, its RID, or as the only one of its MID. */
  private static void checkIdentified(RtpEncoding encoding, String mid, int count) {
    boolean known = encoding.hasSsrc() || !encoding.rid().isEmpty();
    if (!known && (count > 1 || mid.isEmpty())) {
      throw invalid("an encoding has neither ssrc nor rid");
    }
  }

  private static long ssrc(long ssrc, Set<Object> seen) {
    if (ssrc != RtpEncoding.NONE && (ssrc < 0 || ssrc > MAX_SSRC || !seen.add(ssrc))) {
      throw invalid("ssrc " + ssrc + " is out of range or used twice");
    }
    return ssrc;
  }

  private static String rid(Optional<String> rid, Set<Object> seen) {
    if (rid.isPresent() && (!rid.get().matches(RID) || !seen.add(rid.get()))) {
      throw invalid("a rid is malformed or used twice");
    }
    return rid.orElse("");
  }

  private static MediaException invalid(String message) {
    return new MediaException(INVALID_RTP_PARAMETERS, message);
  }
}
