package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The client's end of one transport of the server: a peer connection. In every negotiation the
 * server is the one that offers, so that payload types and extension ids are the router's.
 */
public final class Transport {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final JsonNode server;
  private final RTCPeerConnection connection;

  /**
   * @param server what the server answered to {@code createWebRtcTransport}
   * @param arriving told each track that others send
   */
  Transport(PeerConnectionFactory factory, JsonNode server, Consumer<MediaStreamTrack> arriving) {
    this.server = server;
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    connection = factory.createPeerConnection(configuration, new Arrivals(arriving));
  }

  public String id() {
    return server.path("transportId").asString();
  }

  void send(MediaStreamTrack track) {
    connection.addTrack(track, List.of("person"));
  }

  /** What the client answers when these are all sections; {@link #agree} puts it into force. */
  public SdpAnswer answer(List<MediaSection> sections) {
    String offer = SdpOffer.of(server, sections);
    Agreed remote = new Agreed();
    connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer), remote);
    await(remote);
    Described local = new Described();
    connection.createAnswer(new RTCAnswerOptions(), local);
    return new SdpAnswer(await(local).sdp);
  }

  /** Does as was answered; the first time it connects. */
  public void agree(SdpAnswer answer) {
    Agreed local = new Agreed();
    connection.setLocalDescription(
        new RTCSessionDescription(RTCSdpType.ANSWER, answer.sdp()), local);
    await(local);
  }

  /** Whether ICE and DTLS are up now. */
  public boolean isConnected() {
    return connection.getConnectionState() == RTCPeerConnectionState.CONNECTED;
  }

  /**
   * Waits until a statistic (W3C webrtc-stats) of the connection is as wanted.
   *
   * @param type of the objects, one of which has to have it
   */
  public void awaitStatistic(RTCStatsType type, String name, Predicate<Object> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Object> values = statistics(type, name);
    while (values.stream().noneMatch(wanted)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("%s of %s were only %s".formatted(name, type, values));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      values = statistics(type, name);
    }
  }

  private List<Object> statistics(RTCStatsType type, String name) {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    connection.getStats(report::complete);
    return await(report).getStats().values().stream()
        .filter(each -> each.getType() == type)
        .map(RTCStats::getAttributes)
        .map(attributes -> attributes.get(name))
        .filter(Objects::nonNull)
        .toList();
  }

  void close() {
    connection.close();
  }

  private static <T> T await(CompletableFuture<T> answer) {
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static final class Described extends CompletableFuture<RTCSessionDescription>
      implements CreateSessionDescriptionObserver {
    @Override
    public void onSuccess(RTCSessionDescription description) {
      complete(description);
    }

    @Override
    public void onFailure(String error) {
      completeExceptionally(new AssertionError(error));
    }
  }

  private static final class Agreed extends CompletableFuture<Boolean>
      implements SetSessionDescriptionObserver {
    @Override
    public void onSuccess() {
      complete(true);
    }

    @Override
    public void onFailure(String error) {
      completeExceptionally(new AssertionError(error));
    }
  }

  private record Arrivals(Consumer<MediaStreamTrack> arriving) implements PeerConnectionObserver {
    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      arriving.accept(transceiver.getReceiver().getTrack());
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      // The server is ICE-lite: it learns the client's addresses from its checks.
    }
  }
}
