package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.forwarding.ForwardingListener;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.transport.MediaTransport;
import dev.crosspoint.media.engine.transport.TransportOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Connects the inner parts of an engine with its output. */
final class EngineWiring implements TransportOutput, ForwardingListener {
  private final EngineOutput output;

  EngineWiring(EngineOutput output) {
    this.output = output;
  }

  void dtlsState(MediaTransport transport, DtlsState state, String detail) {
    output.event(
        new EngineEvent.DtlsStateChanged(transport.router().id(), transport.id(), state, detail));
  }

  void transportClosed(MediaTransport transport) {
    output.event(new EngineEvent.TransportClosed(transport.router().id(), transport.id()));
  }

  @Override
  public void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
    output.send(packet, remote, goesOn);
  }

  @Override
  public void disconnect(TransportAddress.Tcp connection) {
    output.disconnect(connection);
  }

  @Override
  public void dtlsRecord(String transportId, ByteBuffer dtlsRecord) {
    output.dtlsRecord(transportId, dtlsRecord);
  }

  @Override
  public void sctpPacket(String transportId, ByteBuffer packet) {
    output.sctpPacket(transportId, packet);
  }

  @Override
  public void iceStateChanged(MediaTransport transport, IceState state) {
    output.event(new EngineEvent.IceStateChanged(transport.router().id(), transport.id(), state));
  }

  @Override
  public void handshakeMissed(MediaTransport transport, String detail) {
    dtlsState(transport, DtlsState.FAILED, detail);
  }

  @Override
  public void producerStarted(String routerId, String producerId) {
    output.event(new EngineEvent.ProducerStarted(routerId, producerId));
  }

  @Override
  public void consumerLayerChanged(String routerId, String consumerId, int layer) {
    output.event(new EngineEvent.ConsumerLayerChanged(routerId, consumerId, layer));
  }

  @Override
  public void layersWanted(String routerId, String producerId, List<Boolean> layers) {
    output.event(new EngineEvent.LayersWanted(routerId, producerId, layers));
  }

  @Override
  public void consumerClosed(String routerId, String consumerId) {
    output.event(new EngineEvent.ConsumerClosed(routerId, consumerId));
  }

  @Override
  public void dataConsumerClosed(String routerId, String dataConsumerId) {
    output.event(new EngineEvent.DataConsumerClosed(routerId, dataConsumerId));
  }

  @Override
  public void consumerSelected(String routerId, String consumerId, boolean selected) {
    output.event(new EngineEvent.ConsumerSelected(routerId, consumerId, selected));
  }

  @Override
  public void dominantSpeakerChanged(String routerId, Optional<String> producerId) {
    output.event(new EngineEvent.DominantSpeakerChanged(routerId, producerId));
  }
}
