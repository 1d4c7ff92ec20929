package dev.crosspoint.media.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.crosspoint.media.adapter.ortc.RouterCapabilities;
import dev.crosspoint.media.adapter.ortc.Streams;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.DataConsumerId;
import dev.crosspoint.media.api.DataProducerId;
import dev.crosspoint.media.api.DtlsFingerprint;
import dev.crosspoint.media.api.DtlsParameters;
import dev.crosspoint.media.api.DtlsRole;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.IceCandidate;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SctpParameters;
import dev.crosspoint.media.api.SctpStreamParameters;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.api.VideoCap;
import dev.crosspoint.media.api.VideoSource;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtp.CodecName;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaResourceAdapterTest {

  private static final RouterId CALL = new RouterId("call");
  private static final MediaCommand.CreateRouter CREATE_CALL =
      new MediaCommand.CreateRouter(CALL, new SpeakerPolicy(0, 0));
  private static final TransportId SEND = new TransportId("ann-send");
  private static final TransportId RECEIVE = new TransportId("bob-receive");
  private static final ProducerId CAMERA = new ProducerId("ann-camera");
  private static final ConsumerId VIEW = new ConsumerId("bob-sees-ann");
  private static final DtlsParameters CLIENT_DTLS =
      new DtlsParameters(
          DtlsRole.client, List.of(new DtlsFingerprint("sha-256", "AA:".repeat(31) + "AA")));

  private TestContainer container;
  private long sequence;

  MediaResourceAdapterTest() throws ResourceException {
    container = new TestContainer();
  }

  @BeforeEach
  void start() throws ResourceException {
    container.start();
  }

  @AfterEach
  void stop() {
    container.close();
  }

  @Test
  void aCallIsBuiltAsMediasoupClientAsksForIt() throws Exception {
    MediaReply.RouterCreated router = submit(CREATE_CALL);
    assertThat(router.capabilities()).isEqualTo(RouterCapabilities.preferring(CodecName.VP8));

    MediaReply.TransportCreated transport =
        submit(new MediaCommand.CreateWebRtcTransport(CALL, SEND));
    assertThat(transport.iceParameters().iceLite()).isTrue();
    assertThat(transport.dtlsParameters().role()).isEqualTo(DtlsRole.auto);
    assertThat(transport.dtlsParameters().fingerprints())
        .extracting(DtlsFingerprint::algorithm)
        .contains("sha-256");
    assertThat(transport.iceCandidates())
        .extracting(
            IceCandidate::address,
            IceCandidate::protocol,
            IceCandidate::type,
            IceCandidate::tcpType)
        .containsExactly(
            tuple("127.0.0.1", "udp", "host", ""), tuple("127.0.0.1", "tcp", "host", "passive"));

    submit(new MediaCommand.ConnectWebRtcTransport(CALL, SEND, CLIENT_DTLS));
    submit(new MediaCommand.CreateWebRtcTransport(CALL, RECEIVE));
    submit(produce(CAMERA));
    MediaReply.Consumed consumed = submit(consume(VIEW));
    assertThat(consumed.kind()).isEqualTo(MediaKind.video);
    assertThat(consumed.rtpParameters().mid()).isEqualTo("0");
    assertThat(consumed.rtpParameters().codecs().getFirst().payloadType()).isEqualTo(101);
    assertThat(submit(new MediaCommand.ResumeConsumer(CALL, VIEW)))
        .isEqualTo(new MediaReply.Done());
    assertThat(submit(new MediaCommand.PinConsumer(CALL, VIEW, true)))
        .isEqualTo(new MediaReply.Done());
  }

  @Test
  void aRepeatedCommandAnswersAsTheFirstTime() throws Exception {
    prepare();
    Fence fence = new Fence(1, 100);
    MediaReply first = submit(fence, new MediaCommand.CreateWebRtcTransport(CALL, SEND));
    assertThat(submit(fence, new MediaCommand.CreateWebRtcTransport(CALL, SEND))).isEqualTo(first);
    sequence = 100;
    submit(produce(CAMERA));
    assertThat(submit(produce(CAMERA))).isEqualTo(new MediaReply.Produced());
    MediaReply.Consumed view = submit(consume(VIEW));
    assertThat(submit(consume(VIEW))).isEqualTo(view);
  }

  @Test
  void anIdThatMeansSomethingElseIsInUse() throws Exception {
    prepare();
    submit(produce(CAMERA));

    assertRefused(
        MediaErrorCode.ID_IN_USE,
        new MediaCommand.Produce(
            CALL, RECEIVE, CAMERA, MediaKind.video, Streams.chromiumCamera(), false));
  }

  @Test
  void aCommandBelowTheFenceIsStale() throws Exception {
    submit(new Fence(2, 0), CREATE_CALL);

    assertThatThrownBy(
            () -> submit(new Fence(1, 99), new MediaCommand.CreateWebRtcTransport(CALL, SEND)))
        .cause()
        .isInstanceOfSatisfying(
            MediaException.class,
            refused -> assertThat(refused.code()).isEqualTo(MediaErrorCode.STALE_COMMAND));
  }

  @Test
  void aClosedRouterIsNotBroughtBackByAStaleOwner() throws Exception {
    submit(new Fence(1, 1), CREATE_CALL);
    submit(new Fence(2, 1), new MediaCommand.CloseRouter(CALL));

    assertThatThrownBy(() -> submit(new Fence(1, 2), CREATE_CALL))
        .isInstanceOf(ExecutionException.class);
    try (MediaConnection connection = container.connection()) {
      assertThat(connection.routers()).isEmpty();
    }
  }

  @Test
  void closingWhatIsGoneIsDone() throws Exception {
    assertThat(submit(new MediaCommand.CloseTransport(CALL, SEND)))
        .isEqualTo(new MediaReply.Done());
    assertThat(submit(new MediaCommand.CloseRouter(CALL))).isEqualTo(new MediaReply.Done());
    prepare();
    assertThat(submit(new MediaCommand.CloseConsumer(CALL, VIEW))).isEqualTo(new MediaReply.Done());
    assertThat(submit(new MediaCommand.CloseProducer(CALL, CAMERA)))
        .isEqualTo(new MediaReply.Done());
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    assertRefused(
        MediaErrorCode.ROUTER_NOT_FOUND, new MediaCommand.CreateWebRtcTransport(CALL, SEND));
    prepare();
    assertRefused(MediaErrorCode.PRODUCER_NOT_FOUND, consume(VIEW));
    assertRefused(MediaErrorCode.CONSUMER_NOT_FOUND, new MediaCommand.ResumeConsumer(CALL, VIEW));
    assertRefused(
        MediaErrorCode.TRANSPORT_NOT_FOUND,
        new MediaCommand.RestartIce(CALL, new TransportId("none")));
  }

  @Test
  void unusableDtlsParametersAreRefused() throws Exception {
    prepare();
    assertRefused(
        MediaErrorCode.INVALID_DTLS_PARAMETERS,
        new MediaCommand.ConnectWebRtcTransport(
            CALL, SEND, new DtlsParameters(DtlsRole.server, CLIENT_DTLS.fingerprints())));
    assertRefused(
        MediaErrorCode.INVALID_DTLS_PARAMETERS,
        new MediaCommand.ConnectWebRtcTransport(
            CALL,
            SEND,
            new DtlsParameters(DtlsRole.client, List.of(new DtlsFingerprint("md5", "AA:BB")))));
  }

  @Test
  void aConsumerEndsWithItsProducerAndTheEndpointHearsIt() throws Exception {
    BlockingQueue<MediaEvent> heard = new LinkedBlockingQueue<>();
    container.activate(heard::add);
    prepare();
    submit(produce(CAMERA));
    submit(consume(VIEW));
    submit(new MediaCommand.CloseProducer(CALL, CAMERA));

    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .isEqualTo(new MediaEvent.ConsumerClosed(CALL, VIEW));
    assertRefused(MediaErrorCode.CONSUMER_NOT_FOUND, new MediaCommand.PauseConsumer(CALL, VIEW));
  }

  @Test
  void aDataChannelIsBuiltAsMediasoupClientAsksForIt() throws Exception {
    BlockingQueue<MediaEvent> heard = new LinkedBlockingQueue<>();
    container.activate(heard::add);
    prepare();
    DataProducerId chat = new DataProducerId("chat");
    DataConsumerId listener = new DataConsumerId("listener");
    SctpStreamParameters sent =
        new SctpStreamParameters(0, false, OptionalInt.empty(), OptionalInt.of(3));
    assertThat(submit(new MediaCommand.CreateWebRtcTransport(CALL, SEND)).sctpParameters())
        .isEqualTo(new SctpParameters(5_000, 1_024, 1_024, 262_144, 262_144, 262_144));

    submit(new MediaCommand.ProduceData(CALL, SEND, chat, sent, "chat", "json"));
    assertThat(submit(new MediaCommand.ConsumeData(CALL, RECEIVE, listener, chat)))
        .isEqualTo(
            new MediaReply.DataConsumed(
                new SctpStreamParameters(1, false, OptionalInt.empty(), OptionalInt.of(3)),
                "chat",
                "json"));
    submit(new MediaCommand.CloseDataProducer(CALL, chat));

    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .isEqualTo(new MediaEvent.DataConsumerClosed(CALL, listener));
    assertRefused(
        MediaErrorCode.DATA_PRODUCER_NOT_FOUND,
        new MediaCommand.ConsumeData(CALL, RECEIVE, listener, chat));
    assertRefused(
        MediaErrorCode.INVALID_SCTP_PARAMETERS,
        new MediaCommand.ProduceData(
            CALL,
            SEND,
            chat,
            new SctpStreamParameters(0, false, OptionalInt.of(1), OptionalInt.of(1)),
            "",
            ""));
    assertThat(submit(new MediaCommand.CloseDataConsumer(CALL, listener)))
        .isEqualTo(new MediaReply.Done());
  }

  @Test
  void statisticsNameEveryReason() throws Exception {
    prepare();
    try (MediaConnection connection = container.connection()) {
      MediaStats stats = connection.stats();
      assertThat(stats.dropped()).hasSize(DropReason.values().length + 5);
      assertThat(stats.dropped())
          .containsKey(DropReason.SRTP_REPLAYED.name().toLowerCase(Locale.ROOT));
      assertThat(stats.tcp().connections()).isZero();
      assertThat(stats.tcp().ended()).containsEntry("not_authenticated", 0L);
      assertThat(stats.loops())
          .singleElement()
          .satisfies(loop -> {
            assertThat(loop.alive()).isTrue();
            assertThat(loop.routers()).isOne();
            assertThat(loop.transports()).isEqualTo(2);
            assertThat(loop.busy()).isBetween(0.0, 1.0);
          });
      assertThat(connection.routers()).containsExactly(CALL);
    }
  }

  @Test
  void aCapOnVideoIsTakenByAllLoopsOrTheStoppedEngineIsNamed() throws Exception {
    MediaConnection connection = container.connection();
    for (VideoCap cap : VideoCap.values()) {
      assertThat(connection.capVideo(cap).toCompletableFuture().get(20, TimeUnit.SECONDS))
          .isEqualTo(new MediaReply.Done());
    }
    container.close();
    assertThatThrownBy(
            () -> connection.capVideo(VideoCap.LOW).toCompletableFuture().get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            MediaException.class,
            gone -> assertThat(gone.code()).isEqualTo(MediaErrorCode.ENGINE_UNAVAILABLE));
  }

  @Test
  void aScreenIsProducedLikeACameraAndToldApart() throws Exception {
    prepare();
    MediaCommand.Produce screen =
        new MediaCommand.Produce(
            CALL,
            SEND,
            CAMERA,
            MediaKind.video,
            VideoSource.SCREEN,
            Streams.chromiumCamera(),
            false);
    assertThat(submit(screen)).isEqualTo(new MediaReply.Produced());
    assertThat(submit(screen)).isEqualTo(new MediaReply.Produced());
  }

  @Test
  void aClosedConnectionAndAStoppedEngineSaySo() throws Exception {
    MediaConnection closed = container.connection();
    closed.close();
    assertThatThrownBy(closed::stats).hasMessageContaining("closed");

    MediaConnection open = container.connection();
    container.close();
    assertThatThrownBy(open::stats)
        .isInstanceOfSatisfying(
            MediaException.class,
            gone -> assertThat(gone.code()).isEqualTo(MediaErrorCode.ENGINE_UNAVAILABLE));
  }

  @Test
  void theAdapterStartsAgainAfterAStop() throws Exception {
    prepare();
    container.close();
    container.start();

    try (MediaConnection connection = container.connection()) {
      assertThat(connection.routers()).isEmpty();
    }
    prepare();
  }

  @Test
  void aTakenPortStopsTheStartWithAClearMessage() throws Exception {
    container.close();
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      container.adapter().setBasePort(other.getLocalPort());
      assertThatThrownBy(container::start)
          .isInstanceOf(ResourceAdapterInternalException.class)
          .hasMessageContaining("UDP port " + other.getLocalPort())
          .hasMessageContaining("basePort");
    }
  }

  @Test
  void aSettingThatMakesNoSenseIsNamed() {
    container.close();
    container.adapter().setAnnouncedAddresses("not an address");
    assertThatThrownBy(container::start).hasMessageContaining("announcedAddresses");
    container.adapter().setAnnouncedAddresses("");
    container.adapter().setBasePort(70_000);
    assertThatThrownBy(container::start).hasMessageContaining("basePort");
  }

  private void prepare() throws Exception {
    submit(CREATE_CALL);
    submit(new MediaCommand.CreateWebRtcTransport(CALL, SEND));
    submit(new MediaCommand.CreateWebRtcTransport(CALL, RECEIVE));
  }

  private static MediaCommand.Produce produce(ProducerId producer) {
    return new MediaCommand.Produce(
        CALL, SEND, producer, MediaKind.video, Streams.chromiumCamera(), false);
  }

  private static MediaCommand.Consume consume(ConsumerId consumer) {
    return new MediaCommand.Consume(CALL, RECEIVE, consumer, CAMERA, Streams.receiver(), true);
  }

  private void assertRefused(MediaErrorCode code, MediaCommand<?> command) {
    assertThatThrownBy(() -> submit(command))
        .cause()
        .isInstanceOfSatisfying(
            MediaException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private <R extends MediaReply> R submit(MediaCommand<R> command) throws Exception {
    return submit(new Fence(1, ++sequence), command);
  }

  private <R extends MediaReply> R submit(Fence fence, MediaCommand<R> command) throws Exception {
    try (MediaConnection connection = container.connection()) {
      return connection.submit(fence, command).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }
}
