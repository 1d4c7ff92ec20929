package dev.crosspoint.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two censuses side by side, and the classes that grew. */
record LeakReport(String passage, Map<Quantity, Long> peak, Census start, Census end) {
  private static final int MOST = 25;

  /** Writes it as Markdown. */
  void write(Path file) throws IOException {
    Files.writeString(file, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder(passage).append("\n\n");
    text.append("| | start | most seen | end | limit | |\n|---|---|---|---|---|---|\n");
    for (Quantity quantity : start.figures().keySet()) {
      long before = start.of(quantity);
      long after = end.of(quantity);
      long limit = start.limit(quantity);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %,d | %,d | %s |%n",
              quantity.title(),
              before,
              peak.containsKey(quantity) ? peak.get(quantity) : "",
              after,
              limit,
              after <= limit ? "returned" : "**grown**"));
    }
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
