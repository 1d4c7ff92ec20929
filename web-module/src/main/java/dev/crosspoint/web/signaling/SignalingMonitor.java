package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;

/** Counts what goes through the door. */
interface SignalingMonitor {
  /** A request was read. */
  void request(String type);

  /** A request, readable or not, was refused. */
  void refusal(ErrorCode code);

  /** An event was made for one client. */
  void event(String type);
}
