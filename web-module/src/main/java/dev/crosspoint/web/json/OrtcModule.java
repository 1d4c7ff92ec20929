package dev.crosspoint.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.crosspoint.media.api.DtlsParameters;
import dev.crosspoint.media.api.IceCandidate;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtcpParameters;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpEncodingParameters;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.api.SctpStreamParameters;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The ORTC objects of the media API. Browsers leave out what has a default in ORTC, so these are
 * read property by property; what is empty is left out again when written.
 */
final class OrtcModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  OrtcModule() {
    super("ortc");
    reads(RtcpFeedback.class, OrtcObject::rtcpFeedback);
    reads(RtpCodecCapability.class, OrtcObject::codecCapability);
    reads(RtpCodecParameters.class, OrtcObject::codecParameters);
    reads(RtpHeaderExtension.class, OrtcObject::headerExtension);
    reads(RtpHeaderExtensionParameters.class, OrtcObject::headerExtensionParameters);
    reads(RtpEncodingParameters.class, OrtcObject::encodingParameters);
    reads(RtcpParameters.class, OrtcObject::rtcpParameters);
    reads(RtpParameters.class, OrtcObject::rtpParameters);
    reads(DtlsParameters.class, OrtcObject::dtlsParameters);
    reads(IceCandidate.class, OrtcObject::iceCandidate);
    reads(SctpStreamParameters.class, OrtcObject::sctpStreamParameters);
    setMixInAnnotation(RtcpFeedback.class, WrittenFeedback.class);
    setMixInAnnotation(RtcpParameters.class, WrittenRtcp.class);
    setMixInAnnotation(RtpParameters.class, WrittenParameters.class);
    setMixInAnnotation(RtpEncodingParameters.class, WrittenEncoding.class);
    setMixInAnnotation(IceCandidate.class, WrittenCandidate.class);
  }

  private <T> void reads(Class<T> type, Function<OrtcObject, T> reader) {
    addDeserializer(type, new ObjectReader<>(type, reader));
  }

  private static final class ObjectReader<T> extends StdDeserializer<T> {
    private final transient Function<OrtcObject, T> reader;

    ObjectReader(Class<T> type, Function<OrtcObject, T> reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      JsonNode node = context.readTree(parser);
      return reader.apply(new OrtcObject(node, context));
    }
  }

  interface WrittenFeedback {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String parameter();
  }

  interface WrittenRtcp {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String cname();
  }

  interface WrittenParameters {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String mid();
  }

  interface WrittenCandidate {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    String tcpType();
  }

  interface WrittenEncoding {
    @JsonProperty("rtx")
    @JsonSerialize(using = RtxWriter.class)
    OptionalLong rtxSsrc();
  }

  /** Writes {@code "rtx": {"ssrc": …}}. */
  static final class RtxWriter extends StdSerializer<OptionalLong> {
    RtxWriter() {
      super(OptionalLong.class);
    }

    @Override
    public boolean isEmpty(SerializationContext context, OptionalLong ssrc) {
      return ssrc.isEmpty();
    }

    @Override
    public void serialize(OptionalLong ssrc, JsonGenerator out, SerializationContext context) {
      out.writeStartObject();
      out.writeNumberProperty("ssrc", ssrc.orElseThrow());
      out.writeEndObject();
    }
  }
}
