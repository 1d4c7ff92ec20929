package dev.crosspoint.media.adapter;

import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaConnectionFactory;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionDefinition;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Makes connections to the engine of the adapter it is associated with. Has no properties. */
@ConnectionDefinition(
    connectionFactory = MediaConnectionFactory.class,
    connectionFactoryImpl = PooledMediaConnectionFactory.class,
    connection = MediaConnection.class,
    connectionImpl = MediaConnectionHandle.class)
public class MediaManagedConnectionFactory
    implements ManagedConnectionFactory, ResourceAdapterAssociation {

  private static final long serialVersionUID = 1L;

  private transient @Nullable MediaResourceAdapter adapter;
  private transient @Nullable PrintWriter logWriter;

  @Override
  public Object createConnectionFactory(ConnectionManager manager) {
    return new PooledMediaConnectionFactory(this, manager);
  }

  /** Connections work inside a container only. */
  @Override
  public Object createConnectionFactory() throws ResourceException {
    throw new jakarta.resource.NotSupportedException(
        "the container's connection manager is needed");
  }

  @Override
  public ManagedConnection createManagedConnection(
      @Nullable Subject subject, @Nullable ConnectionRequestInfo info) throws ResourceException {
    MediaResourceAdapter associated = adapter;
    if (associated == null) {
      throw new ResourceAdapterInternalException("the connection factory has no adapter");
    }
    return new MediaManagedConnection(associated);
  }

  /** All connections are alike. */
  @SuppressWarnings("rawtypes")
  @Override
  public @Nullable ManagedConnection matchManagedConnections(
      Set candidates, @Nullable Subject subject, @Nullable ConnectionRequestInfo info) {
    for (Object candidate : candidates) {
      if (candidate instanceof MediaManagedConnection connection) {
        return connection;
      }
    }
    return null;
  }

  @Override
  public @Nullable ResourceAdapter getResourceAdapter() {
    return adapter;
  }

  @Override
  public void setResourceAdapter(@Nullable ResourceAdapter associated) throws ResourceException {
    if (!(associated instanceof MediaResourceAdapter media)) {
      throw new ResourceAdapterInternalException("not an adapter for media: " + associated);
    }
    this.adapter = media;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter logWriter) {
    this.logWriter = logWriter;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MediaManagedConnectionFactory factory
        && Objects.equals(adapter, factory.adapter);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(adapter);
  }
}
