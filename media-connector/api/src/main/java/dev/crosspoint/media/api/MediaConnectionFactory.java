package dev.crosspoint.media.api;

import jakarta.resource.ResourceException;
import java.io.Serializable;

/** What JNDI gives to the application: the door to the engine. */
public interface MediaConnectionFactory extends Serializable {
  /**
   * @throws ResourceException when the adapter is not running
   */
  MediaConnection getConnection() throws ResourceException;
}
