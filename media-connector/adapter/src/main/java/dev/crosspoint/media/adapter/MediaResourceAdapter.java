package dev.crosspoint.media.adapter;

import dev.crosspoint.media.adapter.event.EventDispatcher;
import dev.crosspoint.media.adapter.log.MediaLog;
import dev.crosspoint.media.adapter.ortc.RouterCapabilities;
import dev.crosspoint.media.api.MediaEventListener;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The media engine as a resource of the server. Configuration properties:
 *
 * <dl>
 *   <dt>{@code bindAddress}
 *   <dd>local address of the media ports; blank (the default): all, IPv4 and IPv6
 *   <dt>{@code announcedAddresses}
 *   <dd>comma-separated addresses or host names that clients are told to send to; blank (the
 *       default): the bind address if one is set, else all of this machine's that others can reach,
 *       else loopback
 *   <dt>{@code basePort}
 *   <dd>port of the first media loop, the next loop has the next port; default 40000; 0: any free
 *       port
 *   <dt>{@code loops}
 *   <dd>number of media loops, each with a thread; default 0: one per available core
 *   <dt>{@code videoCodec}
 *   <dd>the video codec that clients send if they can: VP8 (the default), VP9, H264 or AV1
 *   <dt>{@code tcp}
 *   <dd>whether the ports take TCP beside UDP, for clients whose network lets no UDP through;
 *       default true
 * </dl>
 *
 * <p>Connections come from a {@link dev.crosspoint.media.api.MediaConnectionFactory};
 * message-driven beans that implement {@link MediaEventListener} are activated by {@link
 * MediaActivationSpec}.
 */
@Connector(transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public class MediaResourceAdapter implements ResourceAdapter {

  private static final int DEFAULT_BASE_PORT = 40_000;

  @ConfigProperty private String bindAddress = "";
  @ConfigProperty private String announcedAddresses = "";
  @ConfigProperty private Integer basePort = DEFAULT_BASE_PORT;
  @ConfigProperty private Integer loops = 0;
  @ConfigProperty private String videoCodec = "VP8";
  @ConfigProperty private Boolean tcp = true;

  private volatile @Nullable RunningEngine running;

  @Override
  public void start(BootstrapContext context) throws ResourceAdapterInternalException {
    try {
      running =
          RunningEngine.start(
              AdapterSettings.parse(bindAddress, announcedAddresses, basePort, loops, tcp),
              RouterCapabilities.preferring(AdapterSettings.videoCodec(videoCodec)),
              context.getWorkManager());
    } catch (dev.crosspoint.media.io.MediaBindException | IllegalArgumentException e) {
      throw new ResourceAdapterInternalException(
          "The media engine cannot start: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    RunningEngine stopping = running;
    running = null;
    if (stopping != null) {
      stopping.close();
      MediaLog.LOG.stopped();
    }
  }

  @Override
  public void endpointActivation(MessageEndpointFactory endpoints, ActivationSpec spec)
      throws ResourceException {
    if (!(spec instanceof MediaActivationSpec)) {
      throw new NotSupportedException("endpoints are activated by " + MediaActivationSpec.class);
    }
    dispatcher()
        .orElseThrow(() -> new ResourceAdapterInternalException("the adapter is not running"))
        .activate(endpoints);
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory endpoints, ActivationSpec spec) {
    dispatcher().ifPresent(dispatcher -> dispatcher.deactivate(endpoints));
  }

  private Optional<EventDispatcher> dispatcher() {
    return engine().map(RunningEngine::dispatcher);
  }

  /** Media survives no crash, so there is nothing to recover. */
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  /** The engine; empty when the adapter is not started. */
  Optional<RunningEngine> engine() {
    return Optional.ofNullable(running);
  }

  public String getBindAddress() {
    return bindAddress;
  }

  public void setBindAddress(String bindAddress) {
    this.bindAddress = bindAddress;
  }

  public String getAnnouncedAddresses() {
    return announcedAddresses;
  }

  public void setAnnouncedAddresses(String announcedAddresses) {
    this.announcedAddresses = announcedAddresses;
  }

  public Integer getBasePort() {
    return basePort;
  }

  public void setBasePort(Integer basePort) {
    this.basePort = basePort;
  }

  public Integer getLoops() {
    return loops;
  }

  public void setLoops(Integer loops) {
    this.loops = loops;
  }

  public String getVideoCodec() {
    return videoCodec;
  }

  public void setVideoCodec(String videoCodec) {
    this.videoCodec = videoCodec;
  }

  public Boolean getTcp() {
    return tcp;
  }

  public void setTcp(Boolean tcp) {
    this.tcp = tcp;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
