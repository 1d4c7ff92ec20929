package dev.crosspoint.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's transport in a process of its own, by a stack that is not a browser's: aiortc. */
final class DataPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long GOODBYE_S = 5;
  private static final long SILENCE_S = 30;

  private final Process process;
  private final Writer orders;
  private final BufferedReader words;
  private final JsonNode dtlsParameters;
  private final List<JsonNode> heard = new ArrayList<>();

  /**
   * @param transport what the server says of its side
   */
  DataPeer(JsonNode transport) {
    try {
      process =
          new ProcessBuilder("/usr/bin/python3", script().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = process.outputWriter(UTF_8);
    words = process.inputReader(UTF_8);
    order(JSON.writeValueAsString(transport));
    dtlsParameters = read();
  }

  private static Path script() {
    return Path.of(System.getProperty("crosspoint.scripts"), "data-peer.py");
  }

  /** What the server has to know of this side. */
  JsonNode dtlsParameters() {
    return dtlsParameters;
  }

  /** Opens a channel on a stream, and waits until it is. */
  void open(int streamId) {
    order("{\"open\": %d}".formatted(streamId));
    await(word -> word.path("opened").asInt(-1) == streamId);
  }

  void send(int streamId, String text) {
    order("{\"send\": %d, \"text\": \"%s\"}".formatted(streamId, text));
  }

  void send(int streamId, int length) {
    order("{\"send\": %d, \"length\": %d}".formatted(streamId, length));
  }

  /** From now on a share of the packets gets lost, in both directions. */
  void lose(double share) {
    order("{\"lose\": %s}".formatted(share));
  }

  /** How many packets got lost. */
  int lost() {
    order("{\"count\": \"lost\"}");
    return await(word -> word.has("lost")).path("lost").asInt();
  }

  /** Closes a channel, and waits until the server has closed its side too. */
  void close(int streamId) {
    order("{\"close\": %d}".formatted(streamId));
    await(word -> word.path("closed").asInt(-1) == streamId);
  }

  /** The next message on a stream: its text, or how long it is. */
  String message(int streamId) {
    JsonNode word = await(each -> each.path("id").asInt(-1) == streamId);
    return word.has("text") ? word.path("text").asString() : word.path("length").asString();
  }

  private void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode await(Predicate<JsonNode> wanted) {
    for (JsonNode word : heard) {
      if (wanted.test(word)) {
        heard.remove(word);
        return word;
      }
    }
    JsonNode word = read();
    while (!wanted.test(word)) {
      heard.add(word);
      word = read();
    }
    return word;
  }

  /** A peer that is silent is ended, because nothing else wakes who reads from it. */
  private JsonNode read() {
    try (ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor()) {
      var end = patience.schedule(process::destroyForcibly, SILENCE_S, TimeUnit.SECONDS);
      String line = words.readLine();
      end.cancel(false);
      if (line == null) {
        throw new AssertionError("the peer ended or was silent; it had said " + heard);
      }
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(GOODBYE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
