package dev.crosspoint.media.control;

import dev.crosspoint.media.api.RouterId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a router's id says: whose it is, and which of its topologies it carries. No two owners and
 * no two transitions ever make the same.
 *
 * @param generation number of the transition that made it
 */
public record RouterName(String callId, long epoch, long generation) {
  private static final Pattern FORM = Pattern.compile("(.+)-e(\\d{1,18})-g(\\d{1,18})");

  /** The router's id. */
  public RouterId id() {
    return new RouterId(callId + "-e" + epoch + "-g" + generation);
  }

  /** The inverse of {@link #id()}; empty for routers that no call made. */
  public static Optional<RouterName> of(RouterId id) {
    Matcher matcher = FORM.matcher(id.value());
    return matcher.matches()
        ? Optional.of(
            new RouterName(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }
}
