package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Identities;
import dev.crosspoint.web.log.WebLog;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands the caller of a handshake, who passed {@link HandshakeFilter}, to the socket. */
public class SignalingHandshake extends ServerEndpointConfig.Configurator {
  private static final String CALLER = "dev.crosspoint.caller";

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    List<String> offers =
        request.getHeaders().entrySet().stream()
            .filter(header -> HandshakeToken.HEADER.equalsIgnoreCase(header.getKey()))
            .map(Map.Entry::getValue)
            .flatMap(List::stream)
            .toList();
    config.getUserProperties().remove(CALLER);
    try {
      HandshakeToken.from(offers)
          .bearer()
          .map(bearer -> CDI.current().select(Identities.class).get().authenticate(bearer))
          .ifPresent(caller -> config.getUserProperties().put(CALLER, caller));
    } catch (CallFailure e) {
      // It was good a moment ago, in the filter. The socket closes itself when it has no caller.
      WebLog.LOG.handshakeRefused(ErrorCode.UNAUTHORIZED);
    }
  }

  /** The caller whom the handshake of a socket told, from the socket's own properties. */
  static Optional<Caller> caller(Map<String, Object> userProperties) {
    return Optional.ofNullable((Caller) userProperties.get(CALLER));
  }
}
