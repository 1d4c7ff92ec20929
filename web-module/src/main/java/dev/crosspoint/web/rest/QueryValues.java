package dev.crosspoint.web.rest;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of query parameters. */
final class QueryValues {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private QueryValues() {}

  /**
   * The value of a parameter; empty when it is missing or blank.
   *
   * @throws CallFailure BAD_MESSAGE when it cannot be read
   */
  static <T> Optional<T> read(String name, @Nullable String text, Function<String, T> reader) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException | DateTimeException _) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "the parameter " + name + " has no such value");
    }
  }

  /**
   * @throws IllegalArgumentException when the text cannot be an id
   */
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("no id");
    }
    return text;
  }
}
