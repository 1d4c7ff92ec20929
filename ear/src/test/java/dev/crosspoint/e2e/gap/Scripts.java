package dev.crosspoint.e2e.gap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** What runs in the pages, and what is said of it. */
final class Scripts {
  private static final JsonMapper JSON = new JsonMapper();

  private Scripts() {}

  /** Records what a page shows and plays, from its beginning. */
  static String observer() {
    return withEar("observer.js");
  }

  /** A function that tries the ear out on a tone. */
  static String bench() {
    return withEar("bench.js");
  }

  /** A function that tries the page's stage for sound out on a tone. */
  static String stage() {
    return withEar("stage.js");
  }

  private static String withEar(String name) {
    return read(name).replace("__EAR__", JSON.writeValueAsString(read("ear.js")));
  }

  /** A file beside the scripts. */
  static String read(String name) {
    try (InputStream script = Scripts.class.getResourceAsStream("/e2e/gap/" + name)) {
      if (script == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
