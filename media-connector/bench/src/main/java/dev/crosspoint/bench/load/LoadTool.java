package dev.crosspoint.bench.load;

import dev.crosspoint.bench.load.LoadPlan.Spacing;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Places a load on a running server with guest access, and says what it cost the server's process.
 *
 * <pre>
 * LoadTool --server http://localhost:9080/ --pid 4711 --fan-out 200 --spacing even --seconds 20
 * LoadTool --server http://localhost:9080/ --pid 4711 --meeting 20 --seconds 20 --json
 * </pre>
 *
 * <p>With {@code --settled} it begins to measure when the server's compilers are quiet, and with a
 * collection of its garbage: see {@link #flow}.
 */
public final class LoadTool {
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final long PATIENCE_S = 120;
  private static final long POLL_MS = 100;
  private static final int AT_ONCE = 8;

  /** Who hears nothing from the server for so long asks whether it is still there. */
  private static final int QUIET_S = 10;

  /** The call moves to the media server with the third. */
  private static final int FIRST = 3;

  private final LoadPlan plan;
  private final ServerProcess process;
  private final boolean settled;
  private final SyntheticPerson.Surroundings surroundings;
  private final Reception reception;
  private final List<SyntheticPerson> people = new ArrayList<>();

  private LoadTool(
      LoadPlan plan,
      ServerProcess process,
      boolean settled,
      SyntheticPerson.Surroundings surroundings,
      Reception reception) {
    this.plan = plan;
    this.process = process;
    this.settled = settled;
    this.surroundings = surroundings;
    this.reception = reception;
  }

  /** Runs a load; ends with 1 when it could not be placed. */
  public static void main(String[] words) {
    try {
      Arguments arguments = Arguments.parse(words);
      LoadResult result =
          run(
              arguments.plan(WARM_UP),
              arguments.server(),
              new ServerProcess(arguments.pid()),
              arguments.settled());
      System.out.println(arguments.json() ? result.json().toString() : result.toString());
    } catch (LoadException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static LoadResult run(LoadPlan plan, URI server, ServerProcess process, boolean settled) {
    try (MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, Rounds.factory());
        HttpClient http = HttpClient.newHttpClient()) {
      Reception reception = new Reception();
      LoadTool tool =
          new LoadTool(
              plan,
              process,
              settled,
              SyntheticPerson.Surroundings.of(
                  http, server, group.next(), plan.offload(), reception),
              reception);
      try {
        return tool.measure();
      } finally {
        tool.people.forEach(SyntheticPerson::close);
      }
    }
  }

  private LoadResult measure() {
    CpuTimes before = process.cpu();
    assemble();
    CpuTimes setUp = process.cpu().since(before);
    send();
    pause(plan.warmUp());
    try (ServerHeap heap = new ServerHeap(process.pid())) {
      if (settled) {
        new CompilerWatch(process).awaitQuiet();
      }
      return flow(setUp, heap);
    }
  }

  /**
   * What counts. A server that has settled collects its garbage first thing: one that is used does
   * so now and then, which has to be in the figures, and finds what belongs to its receivers faster
   * afterwards, as the collector moves it together.
   */
  private LoadResult flow(CpuTimes setUp, ServerHeap heap) {
    onLoop(() -> reception.restart());
    ServerHeap.Work heapBefore = heap.work();
    CpuTimes before = process.cpu();
    long start = System.nanoTime();
    if (settled) {
      heap.collect();
    }
    pause(plan.measured().minusNanos(System.nanoTime() - start));
    CpuTimes cpu = process.cpu().since(before);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    ServerHeap.Work heapWork = heap.work().since(heapBefore);
    CompletableFuture<Reception.Figures> figures = new CompletableFuture<>();
    onLoop(() -> figures.complete(reception.figures()));
    return new LoadResult(plan, setUp, cpu, heapWork, took, figures.join());
  }

  /** Everybody enters, and receives everything. */
  private void assemble() {
    CallDoor door = CallDoor.ofNewCall(surroundings.http(), surroundings.server());
    enter(door, 0, FIRST);
    for (int from = FIRST; from < plan.people(); from += AT_ONCE) {
      enter(door, from, Math.min(plan.people(), from + AT_ONCE));
    }
    int expected = plan.senders() * (plan.voices() ? 2 : 1);
    for (int i = 0; i < people.size(); i++) {
      int own = i < plan.senders() ? expected / plan.senders() : 0;
      awaitConsuming(people.get(i), expected - own);
    }
  }

  private void enter(CallDoor door, int from, int to) {
    List<SyntheticPerson> newcomers =
        IntStream.range(from, to).mapToObj(number -> person(door, number)).toList();
    people.addAll(newcomers);
    newcomers.forEach(SyntheticPerson::join);
    CompletableFuture.allOf(
            newcomers.stream().map(SyntheticPerson::connected).toArray(CompletableFuture[]::new))
        .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
        .exceptionally(failure -> {
          throw new LoadException(
              "people %d to %d did not get in: %s"
                  .formatted(from + 1, to, SignalingSocket.reason(failure)),
              failure);
        })
        .join();
  }

  private SyntheticPerson person(CallDoor door, int number) {
    List<MediaSource.Kind> sends =
        number >= plan.senders()
            ? List.of()
            : plan.voices()
                ? List.of(MediaSource.Kind.PICTURES, MediaSource.Kind.SOUND)
                : List.of(MediaSource.Kind.PICTURES);
    Voice voice = new Voice(number, plan.senders());
    return new SyntheticPerson(
        surroundings, door.token("Person " + (number + 1)), voice, sends, plan.layers());
  }

  private static void awaitConsuming(SyntheticPerson person, int expected) {
    for (long waited = 0; person.consuming() < expected; waited += POLL_MS) {
      if (waited > TimeUnit.SECONDS.toMillis(PATIENCE_S)) {
        throw new LoadException(
            "somebody consumes %d of %d streams".formatted(person.consuming(), expected));
      }
      pause(Duration.ofMillis(POLL_MS));
    }
  }

  /** Starts every stream, spread over the time of a picture. */
  private void send() {
    long each = TimeUnit.SECONDS.toNanos(1) / LoadPlan.PICTURES_PER_SECOND / plan.senders();
    EventLoop loop = surroundings.loop();
    var _ =
        loop.scheduleAtFixedRate(
            () -> people.forEach(SyntheticPerson::isThere), QUIET_S, QUIET_S, TimeUnit.SECONDS);
    for (int i = 0; i < plan.senders(); i++) {
      for (MediaSource source : people.get(i).sources()) {
        var _ = source.start(loop, plan.spacing(), i * each);
      }
    }
  }

  private void onLoop(Runnable work) {
    surroundings.loop().submit(work).syncUninterruptibly();
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException("interrupted", e);
    }
  }

  /** What the command line says. */
  private record Arguments(
      URI server,
      long pid,
      int fanOut,
      int meeting,
      int heard,
      int shown,
      int layers,
      Spacing spacing,
      boolean offload,
      Duration measured,
      boolean settled,
      boolean json) {
    private static final String USAGE =
        "--server URL --pid PID (--fan-out N [--spacing even|pictures] [--offload]"
            + " | --meeting K [--heard N] [--shown N] [--layers L])"
            + " [--seconds S] [--settled] [--json]";
    private static final List<String> OF_FAN_OUTS = List.of("--spacing", "--offload");
    private static final List<String> OF_MEETINGS = List.of("--heard", "--shown", "--layers");

    static Arguments parse(String[] words) {
      URI server = URI.create("http://localhost:9080/");
      long pid = 0;
      int fanOut = 0;
      int meeting = 0;
      int heard = 0;
      int shown = 0;
      int layers = 1;
      Spacing spacing = Spacing.EVEN;
      boolean offload = false;
      Duration measured = Duration.ofSeconds(20);
      boolean settled = false;
      boolean json = false;
      for (int i = 0; i < words.length; i++) {
        switch (words[i]) {
          case "--server" -> server = URI.create(value(words, ++i));
          case "--pid" -> pid = Long.parseLong(value(words, ++i));
          case "--fan-out" -> fanOut = Integer.parseInt(value(words, ++i));
          case "--meeting" -> meeting = Integer.parseInt(value(words, ++i));
          case "--heard" -> heard = Integer.parseInt(value(words, ++i));
          case "--shown" -> shown = Integer.parseInt(value(words, ++i));
          case "--layers" -> layers = Integer.parseInt(value(words, ++i));
          case "--spacing" -> spacing = Spacing.valueOf(value(words, ++i).toUpperCase(Locale.ROOT));
          case "--seconds" -> measured = Duration.ofSeconds(Long.parseLong(value(words, ++i)));
          case "--offload" -> offload = true;
          case "--settled" -> settled = true;
          case "--json" -> json = true;
          default -> throw new LoadException("usage: " + USAGE);
        }
      }
      List<String> ofTheOther = meeting > 0 ? OF_FAN_OUTS : OF_MEETINGS;
      boolean mixed = !Collections.disjoint(List.of(words), ofTheOther);
      if (pid == 0 || (fanOut == 0) == (meeting == 0) || mixed) {
        throw new LoadException("usage: " + USAGE);
      }
      return new Arguments(
          server, pid, fanOut, meeting, heard, shown, layers, spacing, offload, measured, settled,
          json);
    }

    private static String value(String[] words, int index) {
      if (index >= words.length) {
        throw new LoadException("usage: " + USAGE);
      }
      return words[index];
    }

    LoadPlan plan(Duration warmUp) {
      return meeting > 0
          ? LoadPlan.meeting(meeting, heard, shown, layers, warmUp, measured)
          : LoadPlan.fanOut(fanOut, spacing, offload, warmUp, measured);
    }
  }
}
