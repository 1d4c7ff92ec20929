package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineOutput;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.io.dtls.CertificateFingerprint;
import dev.crosspoint.media.io.dtls.DtlsEndpoint;
import dev.crosspoint.media.io.dtls.DtlsOutput;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One engine's life on a media loop, together with the DTLS endpoints of its transports. A loop
 * whose engine throws discards the whole host and makes a new one. Everything here runs on the
 * loop's thread. Routers and transports are made and closed through the host, the rest through
 * {@link #engine()}.
 */
public final class EngineHost {

  private final MediaLoop loop;
  private final MediaRuntime runtime;
  private final MediaEngine engine;
  private final Set<String> routers = new LinkedHashSet<>();
  private final Map<String, Association> associations = new HashMap<>();

  /**
   * What DTLS endpoints say. Bounded, because only the loop gives them something to speak of: what
   * it read and sent since its last turn, and some records of handshakes.
   */
  private final GatheredWork fromDtls;

  private boolean discarded;

  EngineHost(MediaLoop loop, EngineConfig config, MediaRuntime runtime) {
    this.loop = loop;
    this.runtime = runtime;
    this.fromDtls = new GatheredWork(loop::turn);
    this.engine = new MediaEngine(config, new Output(), runtime.crypto(), runtime.random());
  }

  public MediaEngine engine() {
    return engine;
  }

  /** The loop's time. */
  public long nowNs() {
    return runtime.nanoClock().getAsLong();
  }

  /** Makes a router, if it is not there already. */
  public void createRouter(String routerId, SpeakerPolicy policy) {
    engine.createRouter(routerId, policy);
    routers.add(routerId);
  }

  /** Closes a router and what is in it, if it is there. */
  public void closeRouter(String routerId) {
    routers.remove(routerId);
    List<String> members =
        associations.values().stream()
            .filter(association -> association.routerId.equals(routerId))
            .map(association -> association.transportId)
            .toList();
    members.forEach(this::closeAssociation);
    engine.closeRouter(routerId);
  }

  /** Makes a transport; a repeat answers as the first time. */
  public TransportDescription createTransport(String routerId, String transportId) {
    IceCredentials credentials = engine.createTransport(routerId, transportId, nowNs());
    Association association =
        associations.computeIfAbsent(transportId, id -> new Association(routerId, id));
    return new TransportDescription(
        credentials, loop.candidates(), association.endpoint.certificate().fingerprints());
  }

  /** Tells a transport whom to expect; a repeat changes nothing. */
  public void connectTransport(
      String routerId, String transportId, Collection<CertificateFingerprint> fingerprints) {
    engine.connectTransport(routerId, transportId, nowNs());
    Association association = associations.get(transportId);
    if (association != null) {
      association.endpoint.expect(fingerprints);
    }
  }

  /** Closes a transport and what is on it, if it is there. */
  public void closeTransport(String routerId, String transportId) {
    engine.closeTransport(routerId, transportId, nowNs());
    Association association = associations.get(transportId);
    if (association != null && association.routerId.equals(routerId)) {
      closeAssociation(transportId);
    }
  }

  boolean hasRouter(String routerId) {
    return routers.contains(routerId);
  }

  List<String> routers() {
    return List.copyOf(routers);
  }

  /** Nothing from this host is heard any more; what it holds is given back. */
  void discard() {
    discarded = true;
    associations.values().forEach(association -> association.endpoint.close());
    associations.clear();
    engine.close();
  }

  private void closeAssociation(String transportId) {
    Association association = associations.remove(transportId);
    if (association != null) {
      association.endpoint.close();
    }
  }

  /** What was told to have failed must not be connected later. */
  private void giveUp(String transportId) {
    Association association = associations.get(transportId);
    if (association != null) {
      association.givenUp = true;
      association.endpoint.close();
    }
  }

  /** What the engine says. */
  private final class Output implements EngineOutput {
    @Override
    public void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
      if (!discarded) {
        loop.send(packet, remote, goesOn);
      }
    }

    @Override
    public void disconnect(TransportAddress.Tcp connection) {
      if (!discarded) {
        loop.disconnect(connection);
      }
    }

    @Override
    public void dtlsRecord(String transportId, ByteBuffer record) {
      Association association = associations.get(transportId);
      if (association != null) {
        association.endpoint.receive(record);
      }
    }

    @Override
    public void sctpPacket(String transportId, ByteBuffer packet) {
      Association association = associations.get(transportId);
      if (association != null) {
        association.endpoint.send(packet);
      }
    }

    @Override
    public void event(EngineEvent event) {
      if (discarded) {
        return;
      }
      if (event instanceof EngineEvent.TransportClosed(String _, String transportId)) {
        closeAssociation(transportId);
      }
      if (event instanceof EngineEvent.DtlsStateChanged dtls && dtls.state() == DtlsState.FAILED) {
        giveUp(dtls.transportId());
      }
      runtime.listener().engineEvent(event);
    }
  }

  /** A transport's DTLS endpoint; what it says comes back to the loop in a turn. */
  private final class Association implements DtlsOutput {
    private final String routerId;
    private final String transportId;
    private final DtlsEndpoint endpoint;
    private boolean givenUp;

    Association(String routerId, String transportId) {
      this.routerId = routerId;
      this.transportId = transportId;
      this.endpoint =
          new DtlsEndpoint(
              runtime.certificates().current(),
              this,
              runtime.dtlsThreads(),
              runtime.droppedDtlsRecords());
    }

    @Override
    public void send(byte[] record) {
      onLoop(() -> engine.sendDtls(transportId, ByteBuffer.wrap(record), nowNs()));
    }

    @Override
    public void connected(SrtpKeys keys) {
      onLoop(() -> engine.dtlsConnected(transportId, keys, nowNs()));
    }

    @Override
    public void received(byte[] data) {
      onLoop(() -> engine.onSctp(transportId, ByteBuffer.wrap(data), nowNs()));
    }

    @Override
    public void failed(String detail) {
      onLoop(() -> engine.dtlsFailed(transportId, detail, nowNs()));
    }

    @Override
    public void closed() {
      onLoop(() -> {
        closeTransport(routerId, transportId);
        runtime.listener().dtlsClosed(routerId, transportId);
      });
    }

    private void onLoop(Runnable work) {
      fromDtls.add(() -> {
        if (!discarded && !givenUp && associations.get(transportId) == this) {
          work.run();
        }
      });
    }
  }
}
