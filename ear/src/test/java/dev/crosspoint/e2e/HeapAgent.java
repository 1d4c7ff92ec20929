package dev.crosspoint.e2e;

import java.util.ArrayList;
import java.util.List;

/** Runs in the JVM of a server and keeps memory there. {@link HeapBallast} sends it. */
public final class HeapAgent {
  private static final long PERCENT = 100;

  /** With its header it fills a page of the collector: nothing is lost between blocks. */
  private static final int BLOCK = (2 << 20) - 16;

  /** Slowly: processors that were busy with this would be a load too. */
  private static final long BETWEEN_BLOCKS_MS = 2;

  private static final List<byte[]> KEPT = new ArrayList<>();

  private HeapAgent() {}

  /**
   * Called by the JVM each time it is sent.
   *
   * @param percent how much of the most that the heap may be is to be in use after a collection
   */
  public static void agentmain(String percent) throws InterruptedException {
    Runtime jvm = Runtime.getRuntime();
    System.gc();
    long wanted = jvm.maxMemory() / PERCENT * Long.parseLong(percent);
    long missing = (wanted - (jvm.totalMemory() - jvm.freeMemory())) / BLOCK;
    for (; missing > 0; missing--) {
      KEPT.add(new byte[BLOCK]);
      Thread.sleep(BETWEEN_BLOCKS_MS);
    }
    for (; missing < 0 && !KEPT.isEmpty(); missing++) {
      KEPT.removeLast();
    }
    System.gc();
  }
}
