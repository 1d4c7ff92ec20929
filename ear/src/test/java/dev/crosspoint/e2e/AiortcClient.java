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

/** A script that is a client by aiortc, in a process of its own. Takes orders and says words. */
final class AiortcClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long GOODBYE_S = 5;
  private static final long SILENCE_S = 30;

  private final Process process;
  private final Writer orders;
  private final BufferedReader words;
  private final List<JsonNode> heard = new ArrayList<>();

  /**
   * @param script its file's name
   */
  AiortcClient(String script) {
    try {
      process =
          // Compiled modules have no place among the sources.
          new ProcessBuilder("/usr/bin/python3", "-B", path(script).toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = process.outputWriter(UTF_8);
    words = process.inputReader(UTF_8);
  }

  private static Path path(String script) {
    return Path.of(System.getProperty("crosspoint.scripts"), script);
  }

  void order(JsonNode order) {
    order(JSON.writeValueAsString(order));
  }

  void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first word of this kind that was not given yet. */
  JsonNode await(Predicate<JsonNode> wanted) {
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

  /**
   * The next word. A client that is silent is ended, because nothing else wakes who reads from it.
   */
  JsonNode read() {
    try (ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor()) {
      var end = patience.schedule(process::destroyForcibly, SILENCE_S, TimeUnit.SECONDS);
      String line = words.readLine();
      end.cancel(false);
      if (line == null) {
        throw new AssertionError("the client ended or was silent; it had said " + heard);
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
