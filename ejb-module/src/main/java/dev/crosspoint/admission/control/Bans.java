package dev.crosspoint.admission.control;

import dev.crosspoint.log.CallLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who is kept out of calls, as this server knows it: as the database said when it last answered.
 */
@Singleton
public class Bans {
  private final BanStore store;
  private final InstantSource clock;
  private final List<Consumer<Set<String>>> followers = new CopyOnWriteArrayList<>();
  private volatile Map<String, Ban> latest = Map.of();

  @Inject
  public Bans(BanStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Has somebody told, on the thread that learnt it, who is kept out from now on. */
  public void onBan(Consumer<Set<String>> follower) {
    followers.add(follower);
  }

  /** Whether somebody, by the subject of their token, is kept out now. */
  public boolean hold(String subject) {
    Ban ban = latest.get(subject);
    return ban != null && ban.holdsAt(clock.instant());
  }

  /** The bans that hold now, the latest first. */
  public List<Ban> latest() {
    Instant now = clock.instant();
    return latest.values().stream().filter(ban -> ban.holdsAt(now)).toList();
  }

  /**
   * Goes by what the database says now. Blocks, and so does a change meanwhile.
   *
   * @throws RuntimeException when it says nothing; all stays as it is then
   */
  public synchronized void refresh() {
    Map<String, Ban> next =
        store.after(clock.instant()).stream()
            .collect(
                Collectors.toMap(Ban::subject, ban -> ban, (one, _) -> one, LinkedHashMap::new));
    Set<String> added =
        next.keySet().stream().filter(subject -> !hold(subject)).collect(Collectors.toSet());
    latest = next;
    if (!added.isEmpty()) {
      followers.forEach(follower -> follower.accept(added));
    }
  }

  /**
   * Keeps somebody out of all calls, here at once and at the other servers when they look the next
   * time. A ban that there was is replaced.
   *
   * @param until empty for a ban that holds until it is lifted
   * @param by who decided so
   */
  public synchronized Ban put(String subject, Optional<Instant> until, String by) {
    // As exact as the database keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Ban ban = new Ban(subject, until, by, now);
    store.put(ban);
    CallLog.LOG.banned(subject, until.map(Instant::toString).orElse("it is lifted"), by);
    refresh();
    return ban;
  }

  /**
   * Lets somebody in again.
   *
   * @param by who decided so
   */
  public synchronized void lift(String subject, String by) {
    store.lift(subject);
    CallLog.LOG.banLifted(subject, by);
    refresh();
  }
}
