package dev.crosspoint.preflight;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stops the start of the server with one sentence per problem when a setting is missing or wrong,
 * or a port is taken: the server itself would start, and fail later with messages that name
 * something else.
 */
public final class Preflight {
  /** EX_CONFIG of sysexits.h. */
  private static final int CONFIGURATION_ERROR = 78;

  private static final String PEM_PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----";

  private Preflight() {}

  /** Called by the JVM before the server's main method. */
  @SuppressWarnings("SystemOut")
  public static void premain(String arguments) {
    List<String> problems = problems(SettingSources.ofServer(System.getenv()));
    problems.forEach(problem -> System.err.println("crosspoint: " + problem));
    if (!problems.isEmpty()) {
      System.exit(CONFIGURATION_ERROR);
    }
  }

  /** Everything that would keep the server from working, in the order of the settings. */
  static List<String> problems(SettingSources sources) {
    List<String> wrong =
        Stream.concat(
                Settings.ALL.stream().map(setting -> setting.problem(sources)),
                Stream.of(missingTokenKey(sources), unusableTokenKey(sources)))
            .flatMap(Optional::stream)
            .toList();
    return wrong.isEmpty() ? new Ports(sources).taken() : wrong;
  }

  private static Optional<String> missingTokenKey(SettingSources sources) {
    boolean guests = sources.value(Settings.GUEST_ACCESS).filter("true"::equals).isPresent();
    return guests || sources.value(Settings.TOKEN_KEY).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s is not set: %s, which only a server with guest access makes for itself."
                .formatted(Settings.TOKEN_KEY.variable(), Settings.TOKEN_KEY.meaning()));
  }

  /** Only whether it can be a key; whether it is one on the right curve, the server finds out. */
  private static Optional<String> unusableTokenKey(SettingSources sources) {
    return sources
        .value(Settings.TOKEN_KEY)
        .filter(value -> !value.contains(PEM_PRIVATE_KEY) && !isReadableFile(value))
        .map(_ ->
            "%s must be a private key (PEM, PKCS#8) or a file that holds one, and is neither: %s."
                .formatted(Settings.TOKEN_KEY.variable(), Settings.TOKEN_KEY.meaning()));
  }

  private static boolean isReadableFile(String value) {
    try {
      return Files.isReadable(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
