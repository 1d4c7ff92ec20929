package dev.crosspoint.media.testkit;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Capacity, estimate and what the line carried above, the queue below, as a picture of its own. */
final class CongestionPlot {
  private static final int WIDTH = 900;
  private static final int RATE_HEIGHT = 260;
  private static final int QUEUE_HEIGHT = 90;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final int BETWEEN = 40;
  private static final double QUEUE_MS = 500;
  private static final double MBIT = 1e6;
  private static final int SMOOTHED = 5;

  private final List<ShapedFlow.Sample> samples;
  private final double seconds;
  private final double most;

  CongestionPlot(List<ShapedFlow.Sample> samples) {
    this.samples = samples;
    this.seconds = samples.getLast().atS();
    this.most = 1.2 * samples.stream().mapToDouble(s -> s.capacity() / MBIT).max().orElse(1);
  }

  String svg() {
    int queueTop = TOP + RATE_HEIGHT + BETWEEN;
    int height = queueTop + QUEUE_HEIGHT + BETWEEN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#fff"/>
        """
            .formatted(LEFT + WIDTH + 20, height));
    axis(svg, TOP, RATE_HEIGHT, most, "Mbit/s");
    axis(svg, queueTop, QUEUE_HEIGHT, QUEUE_MS, "queue, ms");
    line(svg, "#888", TOP, RATE_HEIGHT, most, s -> s.capacity() / MBIT);
    line(svg, "#1a7f37", TOP, RATE_HEIGHT, most, this::smoothed);
    line(svg, "#0b57d0", TOP, RATE_HEIGHT, most, s -> s.estimate() / MBIT);
    line(svg, "#b3261e", queueTop, QUEUE_HEIGHT, QUEUE_MS, ShapedFlow.Sample::queueMs);
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private double smoothed(ShapedFlow.Sample sample) {
    int at = samples.indexOf(sample);
    return samples.subList(Math.max(0, at - SMOOTHED), at + 1).stream()
        .mapToDouble(s -> s.carried() / MBIT)
        .average()
        .orElse(0);
  }

  private void axis(StringBuilder svg, int top, int height, double full, String unit) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#000\"/>%n",
            LEFT,
            top,
            top + height,
            LEFT + WIDTH));
    svg.append(String.format(Locale.ROOT, "<text x=\"4\" y=\"%d\">%s</text>%n", top - 10, unit));
    svg.append(String.format(Locale.ROOT, "<text x=\"4\" y=\"%d\">%.1f</text>%n", top + 8, full));
    svg.append(String.format(Locale.ROOT, "<text x=\"4\" y=\"%d\">0</text>%n", top + height));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\">%.0f s</text>%n",
            LEFT + WIDTH - 30,
            top + height + 16,
            seconds));
  }

  private void line(
      StringBuilder svg,
      String colour,
      int top,
      int height,
      double full,
      ToDoubleFunction<ShapedFlow.Sample> value) {
    svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour);
    svg.append("\" points=\"");
    for (ShapedFlow.Sample sample : samples) {
      double x = LEFT + WIDTH * sample.atS() / seconds;
      double y = top + height * (1 - Math.min(1, value.applyAsDouble(sample) / full));
      svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    svg.append("\"/>\n");
  }

  private static void legend(StringBuilder svg) {
    String[][] entries = {{"#888", "capacity"}, {"#0b57d0", "estimate"}, {"#1a7f37", "carried"}};
    int x = LEFT + 100;
    for (String[] entry : entries) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"18\" fill=\"%s\">%s</text>%n",
              x,
              entry[0],
              entry[1]));
      x += 90;
    }
  }
}
