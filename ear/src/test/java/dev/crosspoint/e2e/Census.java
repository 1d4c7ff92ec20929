package dev.crosspoint.e2e;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that a server holds at one moment, and should hold again when all have left. */
record Census(Duration age, Map<Quantity, Long> figures, ClassHistogram objects) {
  /** The container begins some of its services, those of persistent timers, minutes later. */
  static final Duration STARTED = Duration.ofMinutes(3);

  /** What they put into the heap, in bytes: classes, mostly. */
  private static final long LATE_SERVICES = 6L << 20;

  /** Cleaners need a moment for what a collection found. */
  private static final Duration FREED_WITHIN = Duration.ofMillis(200);

  private static final String ENGINE = "dev.crosspoint.media.engine.";

  /** Of routers that are closed the engine remembers who closed them, within a bound. */
  private static final Set<String> REMEMBERED =
      Set.of("dev.crosspoint.media.api.RouterId", "dev.crosspoint.media.api.Fence");

  private static final Map<Quantity, String> GAUGES =
      new EnumMap<>(
          Map.of(
              Quantity.CALLS, "crosspoint_calls{",
              Quantity.PARTICIPANTS, "crosspoint_participants",
              Quantity.SESSIONS, "crosspoint_signaling_sessions",
              Quantity.SOCKETS, "crosspoint_signaling_sockets",
              Quantity.SFU_CALLS, "crosspoint_sfu_calls",
              Quantity.ROUTERS, "crosspoint_media_routers",
              Quantity.TRANSPORTS, "crosspoint_media_transports"));

  private static final Map<Quantity, String> ROWS =
      new EnumMap<>(
          Map.of(
              Quantity.OPEN_CALLS, "SELECT count(*) FROM call WHERE status <> 'ENDED'",
              Quantity.OWNED_CALLS, "SELECT count(*) FROM call WHERE owner_node IS NOT NULL",
              Quantity.PRESENT, "SELECT count(*) FROM participant WHERE left_at IS NULL",
              Quantity.TRANSITIONS, "SELECT count(*) FROM transition WHERE finished_at IS NULL"));

  private static final Map<Quantity, String> CLASSES =
      new EnumMap<>(
          Map.of(
              Quantity.PRODUCERS,
              ENGINE + "forwarding.Producer",
              Quantity.CONSUMERS,
              ENGINE + "forwarding.Consumer",
              Quantity.TIMERS,
              "com.ibm.ejs.container.TimerNpImpl",
              Quantity.ALARMS,
              "dev.crosspoint.call.control.TimerAlarms$Pending",
              Quantity.VIRTUAL_THREADS,
              "java.lang.VirtualThread"));

  static Census take(RunningServer server) throws Exception {
    ServerJvm jvm = ServerJvm.of(server);
    Map<Quantity, Long> figures = new EnumMap<>(Quantity.class);
    figures.putAll(gauges(server));
    figures.putAll(rows(server));
    List<String> threads = jvm.threads();
    figures.put(
        Quantity.THREADS,
        threads.stream().filter(name -> !isPooled(name) && !isCompiler(name)).count());
    figures.put(Quantity.POOL, threads.stream().filter(Census::isPooled).count());
    figures.put(Quantity.DESCRIPTORS, jvm.descriptors());
    ClassHistogram objects = liveObjects(jvm);
    figures.put(Quantity.HEAP, objects.bytes());
    figures.put(Quantity.OBJECTS, objects.objects(Census::isToGo));
    CLASSES.forEach((quantity, name) -> figures.put(quantity, objects.objects(name::equals)));
    figures.put(Quantity.DIRECT, jvm.directBytes());
    figures.put(Quantity.NATIVE, jvm.nativeBytes());
    return new Census(jvm.age(), figures, objects);
  }

  /** Whether anything is left by the server's own account. */
  static boolean anybodyIsLeft(RunningServer server) throws Exception {
    return Stream.of(gauges(server), rows(server))
        .flatMap(figures -> figures.values().stream())
        .anyMatch(figure -> figure > 0);
  }

  private static boolean isToGo(String name) {
    return ClassHistogram.isOwn(name) && !REMEMBERED.contains(name);
  }

  /** The container's pool grows and shrinks by its own lights. */
  private static boolean isPooled(String thread) {
    return thread.startsWith("Default Executor-thread-");
  }

  /** The JVM starts and ends compilers as there is work. */
  private static boolean isCompiler(String thread) {
    return thread.startsWith("C1 Compiler") || thread.startsWith("C2 Compiler");
  }

  /**
   * Cleaners free what a collection found, and give up objects by that: until no more of ours go.
   */
  private static ClassHistogram liveObjects(ServerJvm jvm)
      throws IOException, InterruptedException {
    ClassHistogram before = jvm.liveObjects();
    Thread.sleep(FREED_WITHIN);
    ClassHistogram now = jvm.liveObjects();
    while (now.objects(Census::isToGo) < before.objects(Census::isToGo)) {
      Thread.sleep(FREED_WITHIN);
      before = now;
      now = jvm.liveObjects();
    }
    return now;
  }

  private static Map<Quantity, Long> gauges(RunningServer server)
      throws IOException, InterruptedException {
    Map<Quantity, Long> figures = new EnumMap<>(Quantity.class);
    Map<String, Double> all = server.metrics("crosspoint_");
    GAUGES.forEach((quantity, start) -> {
      List<Double> told =
          all.entrySet().stream()
              .filter(each -> each.getKey().startsWith(start))
              .map(Map.Entry::getValue)
              .toList();
      if (told.isEmpty()) {
        throw new IllegalStateException("no metric " + start);
      }
      figures.put(quantity, Math.round(told.stream().mapToDouble(value -> value).sum()));
    });
    return figures;
  }

  private static Map<Quantity, Long> rows(RunningServer server) throws SQLException {
    Map<Quantity, Long> figures = new EnumMap<>(Quantity.class);
    try (Connection database = server.database();
        Statement statement = database.createStatement()) {
      for (Map.Entry<Quantity, String> each : ROWS.entrySet()) {
        try (ResultSet rows = statement.executeQuery(each.getValue())) {
          rows.next();
          figures.put(each.getKey(), rows.getLong(1));
        }
      }
    }
    return figures;
  }

  long of(Quantity quantity) {
    return figures.getOrDefault(quantity, 0L);
  }

  /** The most that may be left later. */
  long limit(Quantity quantity) {
    boolean early = quantity == Quantity.HEAP && !isOfStarted();
    return quantity.limit(of(quantity)) + (early ? LATE_SERVICES : 0);
  }

  /** Whether the container had begun all its services. */
  boolean isOfStarted() {
    return age.compareTo(STARTED) >= 0;
  }

  /** Those that are more than at the start, beyond what may be. */
  List<Quantity> grownSince(Census start) {
    return figures.keySet().stream()
        .filter(quantity -> of(quantity) > start.limit(quantity))
        .toList();
  }
}
