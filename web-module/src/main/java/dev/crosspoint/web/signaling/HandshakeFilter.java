package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Identities;
import dev.crosspoint.web.log.WebLog;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Answers handshakes that will not do with a status of their own; a WebSocket endpoint can only
 * close a socket that is open already.
 */
@WebFilter(urlPatterns = "/signaling", asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Identities identities;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      response.setHeader("Upgrade", "websocket");
      response.sendError(426, "This address speaks WebSocket");
      return;
    }
    HandshakeToken offered =
        HandshakeToken.from(Collections.list(request.getHeaders(HandshakeToken.HEADER)));
    if (!offered.protocolOffered()) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST, "Offer the subprotocol " + HandshakeToken.PROTOCOL);
      return;
    }
    try {
      authorize(offered);
    } catch (CallFailure e) {
      WebLog.LOG.handshakeRefused(e.code());
      refuse(response, e.code());
      return;
    }
    chain.doFilter(request, response);
  }

  private void authorize(HandshakeToken offered) {
    String bearer =
        offered
            .bearer()
            .orElseThrow(() -> new CallFailure(ErrorCode.UNAUTHORIZED, "A token is missing"));
    Caller caller = identities.authenticate(bearer);
    if (caller.callId().isEmpty()) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "The token is not for a call");
    }
  }

  private static void refuse(HttpServletResponse response, ErrorCode code) throws IOException {
    switch (code) {
      case UNAUTHORIZED -> {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"crosspoint\"");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "A good token is needed");
      }
      case FORBIDDEN ->
          response.sendError(
              HttpServletResponse.SC_FORBIDDEN, "The token must be one that opens a call");
      default -> response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Try again later");
    }
  }
}
