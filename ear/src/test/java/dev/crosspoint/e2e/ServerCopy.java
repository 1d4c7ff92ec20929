package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The directories of a server, once more: two processes must not share the places where a server
 * unpacks its application and keeps its state.
 */
final class ServerCopy {
  /** What a server makes itself. */
  private static final Set<String> STATE = Set.of("workarea", "logs", "expanded", "messaging");

  private ServerCopy() {}

  /**
   * Copies a server and what all servers share, without what it made while it ran.
   *
   * @param runtime directory of the Open Liberty runtime
   * @param to takes the place of an earlier copy
   * @return the directory for the environment variable WLP_USER_DIR
   */
  static Path make(Path runtime, String server, Path to) throws IOException {
    delete(to);
    for (String part : new String[] {"servers/" + server, "shared"}) {
      copy(runtime.resolve("usr").resolve(part), to.resolve(part));
    }
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            if (STATE.contains(directory.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
