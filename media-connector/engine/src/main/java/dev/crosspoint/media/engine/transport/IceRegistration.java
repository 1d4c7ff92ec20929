package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.IceListener;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;

/** Keeps the demultiplexer up to date about a transport's agent. */
final class IceRegistration implements IceListener {
  private final MediaTransport transport;
  private final TransportContext context;

  IceRegistration(MediaTransport transport, TransportContext context) {
    this.transport = transport;
    this.context = context;
  }

  @Override
  public void addressValidated(TransportAddress remote) {
    context.demux().register(remote, transport);
  }

  @Override
  public void addressForgotten(TransportAddress remote) {
    boolean released = context.demux().unregister(remote, transport);
    if (released && remote instanceof TransportAddress.Tcp connection) {
      context.output().disconnect(connection);
    }
  }

  @Override
  public void credentialsRetired(IceCredentials credentials) {
    context.demux().unregister(credentials);
  }

  @Override
  public void iceStateChanged(IceState state) {
    context.output().iceStateChanged(transport, state);
  }
}
