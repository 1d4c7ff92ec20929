package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.io.crypto.OpenSslSrtpCrypto;
import dev.crosspoint.media.io.dtls.DtlsClient;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody in the call without a browser: joins, brings the SFU path up when it is offered, says
 * so, and consumes whatever is produced. Direct paths are never brought up. What the server says is
 * taken up one by one on a thread of the person's own.
 */
final class SyntheticPerson implements AutoCloseable {
  private static final String SFU = "SFU";

  private final Surroundings surroundings;
  private final String name;
  private final Voice voice;
  private final List<MediaSource.Kind> sends;
  private final int layers;
  private final ExecutorService mind =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final SignalingSocket socket;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final AtomicInteger consuming = new AtomicInteger();
  private final List<MediaSource> sources = new CopyOnWriteArrayList<>();
  private final MediaSource.TransportNumbers numbers = new MediaSource.TransportNumbers();
  private final List<ClientTransport> transports = new CopyOnWriteArrayList<>();
  private final List<Future<?>> sending = new CopyOnWriteArrayList<>();
  private volatile String sessionId = "";
  private @Nullable SfuPath path;

  /** What all people of a load share. */
  record Surroundings(
      HttpClient http,
      URI server,
      EventLoop loop,
      SrtpCryptoProvider crypto,
      DtlsClient dtls,
      boolean offload,
      ClientTransport.MediaSink media) {

    /**
     * @param loop carries everybody's media
     * @param offload whether everybody takes the packets of a segmented message together
     * @param media takes what arrives
     */
    static Surroundings of(
        HttpClient http,
        URI server,
        EventLoop loop,
        boolean offload,
        ClientTransport.MediaSink media) {
      return new Surroundings(
          http,
          server,
          loop,
          OpenSslSrtpCrypto.open()
              .orElseThrow(() -> new LoadException("there is no OpenSSL 3 here")),
          new DtlsClient(SrtpProfile.AEAD_AES_128_GCM),
          offload,
          media);
    }
  }

  /** The path that is open. */
  private record SfuPath(String pathId, ClientTransport send, ClientTransport receive) {}

  /**
   * @param voice how loud the person is, who also has its number
   * @param sends what the person sends
   * @param layers in how many sizes, where that is pictures (simulcast)
   */
  SyntheticPerson(
      Surroundings surroundings,
      String token,
      Voice voice,
      List<MediaSource.Kind> sends,
      int layers) {
    this.surroundings = surroundings;
    this.voice = voice;
    this.name = "Person " + (voice.number() + 1);
    this.sends = List.copyOf(sends);
    this.layers = layers;
    this.socket =
        new SignalingSocket(
            surroundings.http(),
            surroundings.server(),
            token,
            event -> mind.execute(() -> happened(event)));
  }

  /** Enters the call; blocks until the server has answered. */
  void join() {
    ObjectNode join = SignalingSocket.message("join").put("displayName", name);
    join.putObject("device").put("browser", "load").put("version", "1").put("sfuCapable", true);
    var told = join.putArray("sources");
    for (MediaSource.Kind kind : sends) {
      boolean pictures = kind == MediaSource.Kind.PICTURES;
      told.addObject()
          .put("sourceId", sourceId(kind))
          .put("kind", pictures ? "video" : "audio")
          .put("role", pictures ? "CAMERA" : "MICROPHONE")
          .put("muted", false);
    }
    sessionId = socket.request(join).join().path("sessionId").asString();
  }

  /** Loses its socket and comes back with another. */
  void resume() {
    socket.resume(sessionId);
  }

  /** Sends what it has, until it goes. */
  void send() {
    sources.forEach(
        source -> sending.add(source.start(surroundings.loop(), LoadPlan.Spacing.PICTURES, 0)));
  }

  /** Says goodbye; blocks until the server has answered. */
  void leave() {
    socket.request(SignalingSocket.message("leave")).join();
  }

  /** Done when media can flow both ways. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  /** So many streams of others are sent to this person. */
  int consuming() {
    return consuming.get();
  }

  /** Gives a sign of life, as browsers do that hear nothing; it acknowledges what came. */
  void isThere() {
    tell(SignalingSocket.message("heartbeat"));
  }

  /** The streams that this person sends; when connected. */
  List<MediaSource> sources() {
    return List.copyOf(sources);
  }

  // Whatever goes wrong with one person is the load's failure, told by what waits for the person.
  @SuppressWarnings("CatchingUnchecked")
  private void happened(JsonNode event) {
    try {
      switch (event.path("type").asString()) {
        case "pathsOffered" -> offered(event);
        case "pathsCommitted" ->
            tell(
                SignalingSocket.message("transitionSwitched")
                    .put("transitionId", event.path("transitionId").asString())
                    .set("gaps", SignalingSocket.JSON.createArrayNode()));
        case "producerAdded" -> consume(event.path("producer").path("producerId").asString());
        case "callEnded" -> throw new LoadException("the call was ended: " + event);
        default -> {
          // The rest matters to those who look at a page.
        }
      }
    } catch (RuntimeException e) {
      connected.completeExceptionally(
          new LoadException(name + ": " + SignalingSocket.reason(e), e));
    }
  }

  private void offered(JsonNode event) {
    String transition = event.path("transitionId").asString("");
    event
        .path("paths")
        .valueStream()
        .filter(offer -> SFU.equals(offer.path("kind").asString()))
        .map(offer -> offer.path("pathId").asString())
        .findFirst()
        .ifPresent(pathId -> {
          if (path == null || !path.pathId().equals(pathId)) {
            path = open(pathId);
          }
          if (!transition.isEmpty()) {
            tell(
                SignalingSocket.message("transitionReady")
                    .put("transitionId", transition)
                    .put("revision", event.path("revision").asInt(0))
                    .set("tracks", SignalingSocket.JSON.createArrayNode()));
          }
        });
  }

  private SfuPath open(String pathId) {
    JsonNode capabilities =
        ask("getRouterRtpCapabilities", pathId, _ -> {}).path("rtpCapabilities");
    ClientTransport send = transport(pathId, "SEND", capabilities);
    sends.forEach(kind -> produce(pathId, send, kind));
    ClientTransport receive = transport(pathId, "RECV", capabilities);
    ask("pathStateChanged", pathId, message -> message.put("state", "CONNECTED"));
    connected.complete(null);
    return new SfuPath(pathId, send, receive);
  }

  private ClientTransport transport(String pathId, String direction, JsonNode capabilities) {
    JsonNode parameters =
        ask(
            "createWebRtcTransport",
            pathId,
            message -> message.put("direction", direction).set("rtpCapabilities", capabilities));
    ClientTransport transport =
        new ClientTransport(
            surroundings.loop(),
            parameters,
            surroundings.dtls(),
            surroundings.crypto(),
            surroundings.offload(),
            surroundings.media());
    transports.add(transport);
    ask(
        "connectWebRtcTransport",
        pathId,
        message -> {
          message.put("transportId", transport.id());
          ObjectNode own = message.putObject("dtlsParameters").put("role", "client");
          own.putArray("fingerprints")
              .addObject()
              .put("algorithm", surroundings.dtls().fingerprint().hash().label())
              .put("value", surroundings.dtls().fingerprint().value());
        });
    transport.connect();
    return transport;
  }

  private void produce(String pathId, ClientTransport transport, MediaSource.Kind kind) {
    int base = 1_000 * (voice.number() + 1) + kind.payloadType;
    int count = kind == MediaSource.Kind.PICTURES ? layers : 1;
    List<Integer> ssrcs = IntStream.range(base, base + count).boxed().toList();
    ask(
        "produce",
        pathId,
        message -> {
          message
              .put("transportId", transport.id())
              .put("sourceId", sourceId(kind))
              .put("kind", kind == MediaSource.Kind.PICTURES ? "video" : "audio")
              .put("paused", false);
          message.set("rtpParameters", SentParameters.of(kind, ssrcs));
        });
    for (int layer = 0; layer < count; layer++) {
      int length = kind.length >> (count - 1 - layer);
      sources.add(new MediaSource(transport, numbers, kind, ssrcs.get(layer), length, voice));
    }
  }

  private void consume(String producerId) {
    SfuPath open = path;
    if (open == null) {
      throw new LoadException("a producer was announced before there is a path");
    }
    JsonNode consumed =
        ask(
            "consume",
            open.pathId(),
            message ->
                message.put("transportId", open.receive().id()).put("producerId", producerId));
    ask(
        "resumeConsumer",
        open.pathId(),
        message -> message.put("consumerId", consumed.path("consumerId").asString()));
    consuming.incrementAndGet();
  }

  private static String sourceId(MediaSource.Kind kind) {
    return kind == MediaSource.Kind.PICTURES ? "camera" : "microphone";
  }

  /** Asks something about a path; blocks until it is answered. */
  private JsonNode ask(String type, String pathId, Consumer<ObjectNode> fill) {
    ObjectNode message = SignalingSocket.message(type).put("pathId", pathId);
    fill.accept(message);
    return socket.request(message).join();
  }

  /** Says something whose answer changes nothing. */
  private void tell(ObjectNode message) {
    var _ = socket.request(message).exceptionally(_ -> message);
  }

  @Override
  public void close() {
    socket.close();
    mind.shutdownNow();
    mind.close(); // whatever it was bringing up is known then
    sending.forEach(stream -> stream.cancel(false));
    transports.forEach(ClientTransport::close);
  }
}
