package dev.crosspoint.media.io.tcp;

/** Why a TCP connection ended, or was refused. Every one is counted under exactly one reason. */
public enum ConnectionEnd {
  /** The client closed it, or it broke. */
  CLOSED_BY_CLIENT,
  /** The transport that used it has closed, or the client has newer addresses enough. */
  NO_LONGER_USED,
  /** The loop has as many connections as it may: whoever showed no good check yet gives way. */
  TOO_MANY_CONNECTIONS,
  /** So has the client's IP address. */
  TOO_MANY_FROM_ADDRESS,
  /** No frame came in time. */
  NO_CHECK_IN_TIME,
  /** What came first was no authenticated check. */
  NOT_AUTHENTICATED,
  /** A frame longer than anything that is handled. */
  FRAME_TOO_LARGE,
  /** Nothing came for too long. */
  IDLE,
  /** The engine that knew it failed. */
  ENGINE_FAILED,
  /** The server stops. */
  SERVER_STOPPED
}
