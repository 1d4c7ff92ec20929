package dev.crosspoint.preflight;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where values of settings come from: the environment, or files named after the setting in a
 * directory of variables, as the server itself reads them.
 *
 * @param environment environment variables
 * @param directories directories of variable files, the first that has the file wins
 */
record SettingSources(Map<String, String> environment, List<Path> directories) {

  /** The sources of the server that runs in the current working directory. */
  static SettingSources ofServer(Map<String, String> environment) {
    String directories = environment.getOrDefault("VARIABLE_SOURCE_DIRS", "variables");
    return new SettingSources(
        environment, Stream.of(directories.split(File.pathSeparator)).map(Path::of).toList());
  }

  /** The value, absent when there is none or it is blank. */
  Optional<String> value(Setting setting) {
    return Optional.ofNullable(environment.get(setting.variable()))
        .or(() -> fromFile(setting))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private Optional<String> fromFile(Setting setting) {
    return Stream.of(setting.name(), setting.variable())
        .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(SettingSources::read);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the setting in " + file, e);
    }
  }
}
