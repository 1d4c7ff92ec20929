package dev.crosspoint.media.adapter;

import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaConnectionFactory;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import javax.naming.NamingException;
import javax.naming.Reference;
import org.jspecify.annotations.Nullable;

/** What JNDI holds: takes connections from the container's pool. */
final class PooledMediaConnectionFactory implements MediaConnectionFactory, Referenceable {

  private static final long serialVersionUID = 1L;

  private final MediaManagedConnectionFactory factory;

  @SuppressWarnings("serial") // the container's connection managers are serializable
  private final ConnectionManager manager;

  private @Nullable Reference reference;

  PooledMediaConnectionFactory(MediaManagedConnectionFactory factory, ConnectionManager manager) {
    this.factory = factory;
    this.manager = manager;
  }

  @Override
  public MediaConnection getConnection() throws ResourceException {
    return (MediaConnection) manager.allocateConnection(factory, null);
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }

  @Override
  public Reference getReference() throws NamingException {
    Reference known = reference;
    if (known == null) {
      throw new NamingException("the container has given this factory no reference");
    }
    return known;
  }
}
