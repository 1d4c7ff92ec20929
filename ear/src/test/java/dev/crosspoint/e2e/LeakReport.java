package dev.crosspoint.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Two censuses side by side, and the classes that grew. */
record LeakReport(JsonNode passage, Map<Quantity, Long> peak, Census start, Census end) {
  private static final int MOST = 25;

  /** Writes it as Markdown. */
  void write(Path file) throws IOException {
    Files.writeString(file, passage + "\n\n" + quantities() + classes());
  }

  /** Writes the page that is published. */
  void publish(Path file, int calls) throws IOException {
    try (InputStream page = LeakReport.class.getResourceAsStream("/e2e/leaks.md")) {
      String text = new String(Objects.requireNonNull(page, "leaks.md").readAllBytes(), UTF_8);
      Files.writeString(
          file,
          text.replace("__PEOPLE__", number(passage.path("joined").asLong()))
              .replace("__CALLS__", number(calls))
              .replace("__CONNECTED__", number(passage.path("connected").asLong()))
              .replace("__VANISHED__", number(passage.path("vanished").asLong()))
              .replace("__RESUMED__", number(passage.path("resumed").asLong()))
              .replace("__TABLE__", quantities().strip()));
    }
  }

  private String quantities() {
    StringBuilder text =
        new StringBuilder("| | start | most seen | end | limit | |\n|---|---|---|---|---|---|\n");
    for (Quantity quantity : start.figures().keySet()) {
      long before = start.of(quantity);
      long after = end.of(quantity);
      long limit = start.limit(quantity);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %,d | %,d (%s) | %s |%n",
              quantity.title(),
              before,
              peak.containsKey(quantity) ? number(peak.get(quantity)) : "",
              after,
              limit,
              allowance(quantity, before, limit),
              after <= limit ? "returned" : "**grown**"));
    }
    return text.toString();
  }

  /** How much more than at the start may be left: a share, or where that is less a number. */
  private static String allowance(Quantity quantity, long before, long limit) {
    long more = limit - before;
    boolean shared = more > 0 && more == quantity.share(before);
    return shared ? "+ " + Quantity.TOLERANCE_PERCENT + " %" : "+ " + number(more);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private String classes() {
    StringBuilder text = new StringBuilder();
    ClassHistogram before = start.objects();
    List<ClassHistogram.Growth> own =
        end.objects().grownSince(before, ClassHistogram.Count::objects).stream()
            .filter(growth -> ClassHistogram.isOwn(growth.name()))
            .toList();
    table(text, "Crosspoint's classes of which there are more", own);
    table(
        text,
        "Classes that take more",
        end.objects().grownSince(before, ClassHistogram.Count::bytes));
    return text.toString();
  }

  private static void table(StringBuilder text, String title, List<ClassHistogram.Growth> growths) {
    text.append("\n").append(title).append("\n\n| class | objects | bytes |\n|---|---|---|\n");
    growths.stream()
        .limit(MOST)
        .forEach(growth ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| `%s` | +%,d | %+,d |%n",
                    growth.name(),
                    growth.more().objects(),
                    growth.more().bytes())));
  }
}
