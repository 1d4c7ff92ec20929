package dev.crosspoint.media.io;

import java.net.InetSocketAddress;

/** A media port cannot be bound. The message names the port and the setting to change. */
public final class MediaBindException extends Exception {
  private static final long serialVersionUID = 1L;

  MediaBindException(String protocol, InetSocketAddress address, Throwable cause) {
    super(
        "%s port %d on %s cannot be bound (%s): free it, or change the setting basePort or bindAddress"
            .formatted(
                protocol,
                address.getPort(),
                address.getAddress().getHostAddress(),
                cause.getMessage()),
        cause);
  }
}
