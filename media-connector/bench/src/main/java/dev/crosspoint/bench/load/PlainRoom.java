package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.io.EngineHost;
import dev.crosspoint.media.io.EngineTask;
import dev.crosspoint.media.io.MediaServer;
import dev.crosspoint.media.io.TransportDescription;
import dev.crosspoint.media.io.dtls.DtlsClient;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One who sends pictures to others, without an application that would know them. */
final class PlainRoom implements AutoCloseable {
  private static final String ROUTER = "room";
  private static final String SENDER = "sender";
  private static final int SSRC = 5;
  private static final int RECEIVED_TYPE = 101;
  private static final Map<HeaderExtension, Integer> EXTENSIONS =
      Map.of(HeaderExtension.TRANSPORT_CC, SentParameters.TRANSPORT_CC_ID);

  private final MediaServer server;
  private final EventLoop loop;
  private final DtlsClient dtls;
  private final SrtpCryptoProvider crypto;
  private final List<ClientTransport> senders = new ArrayList<>();
  private final List<ClientTransport> receivers = new ArrayList<>();
  private int people;

  PlainRoom(MediaServer server, EventLoop loop, DtlsClient dtls, SrtpCryptoProvider crypto) {
    this.server = server;
    this.loop = loop;
    this.dtls = dtls;
    this.crypto = crypto;
  }

  /** Pictures come from now on. */
  void send() {
    ProducerParameters parameters =
        new ProducerParameters(
            MediaKind.VIDEO,
            "",
            List.of(vp8(MediaSource.Kind.PICTURES.payloadType)),
            List.of(RtpEncoding.ofSsrc(SSRC, SSRC + 1)),
            EXTENSIONS,
            SENDER);
    ClientTransport transport = connect(SENDER);
    senders.add(transport);
    onRouter(
        host -> host.engine().produce(ROUTER, SENDER, SENDER, parameters, false, host.nowNs()));
    MediaSource source =
        new MediaSource(
            transport,
            new MediaSource.TransportNumbers(),
            MediaSource.Kind.PICTURES,
            SSRC,
            LoadPlan.PICTURE_PACKET,
            new Voice(0, 1));
    var _ = source.start(loop, LoadPlan.Spacing.PICTURES, 0);
  }

  /** So many more receive them. */
  void receive(int more) {
    for (int i = 0; i < more; i++) {
      String name = "receiver" + people++;
      receivers.add(connect(name + "'s own"));
      receivers.add(connect(name));
      ConsumerParameters parameters =
          new ConsumerParameters(
              "0",
              List.of(vp8(RECEIVED_TYPE)),
              RtpEncoding.ofSsrc(1_000L + 2L * people, 1_001L + 2L * people),
              EXTENSIONS,
              SENDER);
      onRouter(host ->
          host.engine().consume(ROUTER, name, name, SENDER, parameters, false, host.nowNs()));
    }
  }

  /** The receivers are heard of no more; the server does not know. */
  void vanish() {
    receivers.forEach(ClientTransport::close);
    receivers.clear();
  }

  @Override
  public void close() {
    vanish();
    senders.forEach(ClientTransport::close);
  }

  private ClientTransport connect(String name) {
    TransportDescription description =
        onPlacedRouter(host -> {
          host.createRouter(ROUTER, SpeakerPolicy.UNLIMITED);
          TransportDescription made = host.createTransport(ROUTER, name);
          host.connectTransport(ROUTER, name, List.of(dtls.fingerprint()));
          return made;
        });
    ClientTransport transport =
        new ClientTransport(loop, json(name, description), dtls, crypto, false, (_, _, _, _) -> {});
    transport.connect();
    return transport;
  }

  private <T> T onPlacedRouter(EngineTask<T> task) {
    return server.onPlacedRouter(ROUTER, task).join();
  }

  private void onRouter(Consumer<EngineHost> task) {
    server
        .onRouter(
            ROUTER,
            host -> {
              task.accept(host);
              return true;
            })
        .join();
  }

  /** As the application tells its clients. */
  private static ObjectNode json(String name, TransportDescription description) {
    ObjectNode json = SignalingSocket.JSON.createObjectNode().put("transportId", name);
    json.putObject("iceParameters")
        .put("usernameFragment", description.iceCredentials().usernameFragment())
        .put("password", description.iceCredentials().password());
    ArrayNode candidates = json.putArray("iceCandidates");
    description
        .candidates()
        .forEach(candidate ->
            candidates
                .addObject()
                .put("address", candidate.address().getHostAddress())
                .put("port", candidate.port()));
    ArrayNode fingerprints = json.putObject("dtlsParameters").putArray("fingerprints");
    description
        .fingerprints()
        .forEach(fingerprint ->
            fingerprints
                .addObject()
                .put("algorithm", fingerprint.hash().label())
                .put("value", fingerprint.value()));
    return json;
  }

  private static RtpCodec vp8(int payloadType) {
    return new RtpCodec(
        payloadType,
        CodecName.VP8,
        90_000,
        payloadType + 1,
        Set.of(RtcpFeedback.NACK, RtcpFeedback.PLI, RtcpFeedback.FIR, RtcpFeedback.TRANSPORT_CC));
  }
}
