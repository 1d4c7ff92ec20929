package dev.crosspoint.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Keeps as much of a server's heap in use as is wanted, by objects that are really there.
 *
 * @param agent the jar of {@link HeapAgent}
 */
record HeapBallast(RunningServer server, Path agent) {
  /** A setting of the server's JVM, without which it complains of being visited. */
  static final String ALLOWED = "-XX:+EnableDynamicAgentLoading";

  private static final int MORE_THAN_THERE_IS = 200;

  /**
   * Keeps nothing yet.
   *
   * @param directory where the agent is put
   */
  static HeapBallast of(RunningServer server, Path directory) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", HeapAgent.class.getName());
    Path jar = directory.resolve("heap-agent.jar");
    String name = HeapAgent.class.getName().replace('.', '/') + ".class";
    try (InputStream code = HeapAgent.class.getResourceAsStream("/" + name);
        OutputStream file = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(file, manifest)) {
      archive.putNextEntry(new JarEntry(name));
      Objects.requireNonNull(code, name).transferTo(archive);
    }
    return new HeapBallast(server, jar);
  }

  /**
   * Keeps so much, or lets go of so much, that this is in use after a collection.
   *
   * @param percent of the most that the heap may be
   */
  void fillTo(int percent) throws IOException {
    ServerJvm.of(server).send(agent, String.valueOf(percent));
  }

  /** Keeps nothing any more. */
  void letGo() throws IOException {
    fillTo(0);
  }

  /** Keeps everything that the server has until it has no more. */
  void exhaust() {
    try {
      fillTo(MORE_THAN_THERE_IS);
    } catch (IOException e) {
      return; // nobody is left to answer
    }
    throw new AssertionError("the server has more memory than it may have");
  }
}
