package dev.crosspoint.bench.load;

import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** Counts those who pass through calls. Safe for use by several threads. */
final class Passage {
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger vanished = new AtomicInteger();
  private final AtomicInteger failedCalls = new AtomicInteger();

  void joined() {
    joined.incrementAndGet();
  }

  /** Somebody has a transport each way and consumes the others. */
  void connected() {
    connected.incrementAndGet();
  }

  void resumed() {
    resumed.incrementAndGet();
  }

  void left() {
    left.incrementAndGet();
  }

  void vanished() {
    vanished.incrementAndGet();
  }

  /** A call was given up halfway, with all who were in it. */
  void failed() {
    failedCalls.incrementAndGet();
  }

  ObjectNode json() {
    return SignalingSocket.JSON
        .createObjectNode()
        .put("joined", joined.get())
        .put("connected", connected.get())
        .put("resumed", resumed.get())
        .put("left", left.get())
        .put("vanished", vanished.get())
        .put("failedCalls", failedCalls.get());
  }
}
