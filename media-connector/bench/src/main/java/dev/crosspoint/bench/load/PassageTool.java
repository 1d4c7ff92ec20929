package dev.crosspoint.bench.load;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lets many people pass through many calls of a running server with guest access, and prints in one
 * line of JSON what became of them: to be compared with what the server holds before and after.
 *
 * <pre>
 * PassageTool --server http://localhost:9080/ --people 10000 --calls 1000 --at-once 4
 * </pre>
 */
public final class PassageTool {
  private static final String USAGE = "--server URL --people N --calls M [--at-once K]";

  private PassageTool() {}

  /**
   * What the command line says.
   *
   * @param atOnce how many calls run at the same time
   */
  private record Arguments(URI server, int people, int calls, int atOnce) {
    private static final int SOME = 4;

    static Arguments parse(String[] words) {
      URI server = URI.create("http://localhost:9080/");
      int people = 0;
      int calls = 0;
      int atOnce = SOME;
      for (int i = 0; i + 1 < words.length; i += 2) {
        String value = words[i + 1];
        switch (words[i]) {
          case "--server" -> server = URI.create(value);
          case "--people" -> people = Integer.parseInt(value);
          case "--calls" -> calls = Integer.parseInt(value);
          case "--at-once" -> atOnce = Integer.parseInt(value);
          default -> throw new LoadException("usage: " + USAGE);
        }
      }
      if (calls < 1 || people < calls || atOnce < 1 || words.length % 2 != 0) {
        throw new LoadException("usage: " + USAGE);
      }
      return new Arguments(server, people, calls, atOnce);
    }

    /** The people are spread evenly over the calls. */
    int peopleOf(int call) {
      return people / calls + (call < people % calls ? 1 : 0);
    }
  }

  /** Runs; ends with 1 when the words make no sense or no server is there. */
  public static void main(String[] words) {
    try {
      System.out.println(run(Arguments.parse(words)).json());
    } catch (LoadException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Passage run(Arguments arguments) {
    Passage passage = new Passage();
    try (MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService callers = Executors.newFixedThreadPool(arguments.atOnce())) {
      SyntheticPerson.Surroundings surroundings =
          SyntheticPerson.Surroundings.of(
              http, arguments.server(), group.next(), false, (packet, srtp, stamp, nowNs) -> {});
      for (int call = 0; call < arguments.calls(); call++) {
        int number = call;
        callers.execute(() -> pass(surroundings, passage, arguments, number));
      }
    }
    return passage;
  }

  /** A call that fails is counted and told; the others go on. */
  @SuppressWarnings("CatchingUnchecked")
  private static void pass(
      SyntheticPerson.Surroundings surroundings, Passage passage, Arguments arguments, int call) {
    try {
      new PassingCall(surroundings, passage, call).pass(arguments.peopleOf(call));
    } catch (RuntimeException e) {
      passage.failed();
      System.err.printf("call %d: %s%n", call + 1, SignalingSocket.reason(e));
    }
  }
}
