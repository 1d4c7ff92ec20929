package dev.crosspoint.preflight;

import java.util.Locale;
import java.util.Optional;

/**
 * Something an administrator can decide.
 *
 * @param name name of the server variable and configuration property, for example {@code
 *     crosspoint.http.port}
 * @param kind which values make sense
 * @param required whether the server cannot start without it
 * @param meaning one phrase for people
 */
record Setting(String name, Kind kind, boolean required, String meaning) {

  static Setting optional(String name, Kind kind, String meaning) {
    return new Setting(name, kind, false, meaning);
  }

  static Setting required(String name, Kind kind, String meaning) {
    return new Setting(name, kind, true, meaning);
  }

  /** The environment variable that carries the setting. */
  String variable() {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** What is wrong with the value that the sources give, as a sentence that names the setting. */
  Optional<String> problem(SettingSources sources) {
    Optional<String> value = sources.value(this);
    if (value.isEmpty()) {
      return required
          ? Optional.of("%s is not set: %s.".formatted(variable(), meaning))
          : Optional.empty();
    }
    return kind.accepts(value.get())
        ? Optional.empty()
        : Optional.of(
            "%s must be %s, but is '%s': %s."
                .formatted(variable(), kind.expectation(), shown(value.get()), meaning));
  }

  private String shown(String value) {
    return kind == Kind.SECRET ? "***" : value;
  }
}
