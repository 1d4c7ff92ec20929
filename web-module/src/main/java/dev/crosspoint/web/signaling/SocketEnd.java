package dev.crosspoint.web.signaling;

/** Why the server closes a socket; the codes are those of RFC 6455, section 7.4. */
enum SocketEnd {
  SESSION_ENDED(1000, "The session has ended"),
  SERVER_STOPPING(1001, "The server is stopping"),
  TOO_MANY_BAD_MESSAGES(1008, "Too many unreadable messages"),
  TOO_MANY_REQUESTS(1008, "Too many requests are waiting"),
  UNAUTHORIZED(1008, "The token is not good any more"),
  TOO_SLOW(1013, "The client does not take what is sent"),
  SILENT(4000, "The client says nothing"),
  REPLACED(4001, "A newer socket has taken the session up");

  private final int code;
  private final String reason;

  SocketEnd(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
