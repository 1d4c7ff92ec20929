package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Calls of some people in which everything is paused, resumed, closed, made anew, restarted and
 * limited in any order, over lines that get worse and better. When all is well again everybody sees
 * everybody in the largest size.
 */
class CallLivesTest {
  private static final int LIVES = 20;
  private static final int CHANGES = 25;
  private static final int PEOPLE = 4;
  private static final String ROUTER = SimulatedCall.ROUTER;
  private static final List<VideoCap> CAPS = List.of(VideoCap.values());
  private static final Duration SETTLED = Duration.ofSeconds(11);
  private static final Duration LATEST = Duration.ofMillis(500);
  private static final Duration CONSENT = Duration.ofSeconds(5);

  @Test
  void whatever_happened_everybody_sees_everybody_when_all_is_well_again() {
    List<String> wrong = new ArrayList<>();
    for (int seed = 1; seed <= LIVES; seed++) {
      wrong.addAll(new Life(seed).live());
    }
    assertThat(wrong).isEmpty();
  }

  /** One of the calls. */
  private static final class Life {
    private final int seed;
    private final Random chance;
    private final SimulatedCall call;
    private final List<SimulatedCall.Peer> people = new ArrayList<>();
    private final List<SimulcastSender> cameras = new ArrayList<>();
    private final int[][] ssrcs = new int[PEOPLE][PEOPLE];
    private int nextSsrc = 1_000;

    Life(int seed) {
      this.seed = seed;
      this.chance = new Random(seed);
      this.call = new SimulatedCall(seed, SrtpProfile.AEAD_AES_128_GCM);
      for (int i = 0; i < PEOPLE; i++) {
        SimulatedCall.Peer peer = call.join("person" + i);
        peer.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
        people.add(peer);
        SimulcastSender camera = new SimulcastSender(call, peer);
        camera.adapt();
        camera.produce(peer.transportId(), VideoSource.CAMERA);
        cameras.add(camera);
      }
      for (int to = 0; to < PEOPLE; to++) {
        for (int from = 0; from < PEOPLE; from++) {
          if (from != to) {
            consume(from, to);
          }
        }
      }
    }

    List<String> live() {
      for (int i = 0; i < CHANGES; i++) {
        change(chance.nextInt(PEOPLE), chance.nextInt(PEOPLE - 1));
        play(Duration.ofMillis(40 + chance.nextInt(1_200)));
      }
      makeWell();
      renewConsent();
      play(CONSENT);
      renewConsent();
      play(SETTLED.minus(CONSENT));
      int[][] before = received();
      play(LATEST);
      return faults(before, received());
    }

    private void change(int person, int otherThan) {
      int from = otherThan < person ? otherThan : otherThan + 1;
      String sender = people.get(from).transportId();
      long now = call.nowNs();
      switch (chance.nextInt(10)) {
        case 0 -> call.engine().pauseProducer(ROUTER, sender, now);
        case 1 -> call.engine().resumeProducer(ROUTER, sender, now);
        case 2 -> call.engine().pauseConsumer(ROUTER, consumer(from, person), now);
        case 3 -> call.engine().resumeConsumer(ROUTER, consumer(from, person), now);
        case 4 -> {
          call.engine().closeConsumer(ROUTER, consumer(from, person), now);
          play(Duration.ofMillis(chance.nextInt(300)));
          consume(from, person);
        }
        case 5 ->
            call.engine()
                .preferLayers(
                    ROUTER, consumer(from, person), chance.nextInt(3), 1 + chance.nextInt(3), now);
        case 6 -> call.engine().capVideo(CAPS.get(chance.nextInt(CAPS.size())), now);
        case 7 ->
            people
                .get(person)
                .client()
                .check(call.engine().restartIce(ROUTER, people.get(person).transportId(), now));
        case 8 -> people.get(person).downlink().become(anyLine());
        default -> people.get(person).uplink().become(anyLine());
      }
      renewConsent();
    }

    private NetworkConditions anyLine() {
      NetworkConditions line =
          NetworkConditions.good()
              .withDelay(Duration.ofMillis(5 + chance.nextInt(80)))
              .withLoss(chance.nextInt(5) / 100.0);
      return chance.nextBoolean()
          ? line
          : line.withCapacity(300_000 + chance.nextInt(4_000_000), Duration.ofMillis(200));
    }

    private void makeWell() {
      call.engine().capVideo(VideoCap.FULL, call.nowNs());
      for (int to = 0; to < PEOPLE; to++) {
        people.get(to).downlink().become(NetworkConditions.good());
        people.get(to).uplink().become(NetworkConditions.good());
        call.engine().resumeProducer(ROUTER, people.get(to).transportId(), call.nowNs());
        for (int from = 0; from < PEOPLE; from++) {
          if (from != to) {
            call.engine().resumeConsumer(ROUTER, consumer(from, to), call.nowNs());
            call.engine().preferLayers(ROUTER, consumer(from, to), 2, 1, call.nowNs());
          }
        }
      }
    }

    private void renewConsent() {
      people.forEach(call::renewConsent);
    }

    private void play(Duration duration) {
      SimulcastSender.play(call, cameras, duration);
    }

    /** No SSRC is used twice: that would be the same numbers under the same key. */
    private void consume(int from, int to) {
      ssrcs[from][to] = nextSsrc;
      nextSsrc += 2;
      people.get(to).client().repair(ssrc(from, to), ssrc(from, to) + 1);
      call.engine()
          .consume(
              ROUTER,
              people.get(to).transportId(),
              consumer(from, to),
              people.get(from).transportId(),
              StreamParameters.vp8To(ssrc(from, to), ssrc(from, to) + 1),
              false,
              call.nowNs());
    }

    private static String consumer(int from, int to) {
      return from + " to " + to;
    }

    private int ssrc(int from, int to) {
      return ssrcs[from][to];
    }

    private int[][] received() {
      int[][] received = new int[PEOPLE][PEOPLE];
      for (int to = 0; to < PEOPLE; to++) {
        for (int from = 0; from < PEOPLE; from++) {
          received[from][to] = people.get(to).client().packets(ssrc(from, to)).size();
        }
      }
      return received;
    }

    private List<String> faults(int[][] before, int[][] after) {
      List<String> faults = new ArrayList<>();
      for (int to = 0; to < PEOPLE; to++) {
        for (int from = 0; from < PEOPLE; from++) {
          List<ReceivedPacket> packets = people.get(to).client().packets(ssrc(from, to));
          if (from != to && after[from][to] == before[from][to]) {
            faults.add("life %d: nothing of %d comes to %d".formatted(seed, from, to));
          } else if (from != to && SimulcastSender.layerOf(packets.getLast()) != 2) {
            faults.add("life %d: of %d a small picture comes to %d".formatted(seed, from, to));
          }
        }
      }
      return faults;
    }
  }
}
