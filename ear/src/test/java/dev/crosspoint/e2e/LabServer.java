package dev.crosspoint.e2e;

import dev.crosspoint.e2e.net.NetworkLab;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The server of the network lab, with the means to do it harm. */
final class LabServer implements Closeable {
  private final RunningServer server;

  private LabServer(RunningServer server) {
    this.server = server;
  }

  static LabServer start() throws IOException, SQLException, InterruptedException {
    Map<String, String> settings = new HashMap<>(NetworkLab.get().settings());
    settings.putAll(MediaLoopDebugger.SETTINGS);
    // Who cannot reach the media server looks again soon.
    settings.put("CROSSPOINT_PROBE_INTERVAL", "PT3S");
    return new LabServer(RunningServer.start(settings));
  }

  /** Ends the server and starts it again with some settings changed. */
  void restart(Map<String, String> changed) throws IOException, InterruptedException {
    server.kill();
    server.startAgain(changed);
  }

  RunningServer server() {
    return server;
  }

  /** Where people at machines of their own find the pages; a secure context. */
  URI page() {
    return NetworkLab.get().seenFromOutside(server.https());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
