package dev.crosspoint.media.engine.sctp.packet;

import java.util.List;
import java.util.Optional;

/**
 * What INIT and INIT ACK say (RFC 9260, 3.3.2 and 3.3.3).
 *
 * @param tag what the sender wants to see in the packets it receives
 * @param window bytes that the sender has room for
 * @param outgoingStreams streams the sender wants to use
 * @param incomingStreams streams the sender could receive at most
 * @param initialTsn the TSN with which the sender begins
 */
public record InitParameters(
    int tag,
    long window,
    int outgoingStreams,
    int incomingStreams,
    int initialTsn,
    List<Parameter> parameters) {
  public InitParameters {
    parameters = List.copyOf(parameters);
  }

  /** The first parameter of a type, if there is one. */
  public Optional<Parameter> find(int type) {
    return parameters.stream().filter(parameter -> parameter.type() == type).findFirst();
  }
}
