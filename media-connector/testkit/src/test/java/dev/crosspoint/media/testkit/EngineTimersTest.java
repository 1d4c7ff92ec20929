package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.testkit.Conference.Seat;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When an engine wants to be called, with people in it who send nothing any more. */
class EngineTimersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long ICE_TIMEOUT_S = EngineConfig.standard().iceTimeout().toSeconds();

  @Test
  void whose_picture_makes_room_is_followed_by_the_next_at_once() {
    assertRoomIsTakenAtOnce(
        (engine, table) -> engine.closeTransport(SimulatedCall.ROUTER, "ann", table.call.nowNs()));
    assertRoomIsTakenAtOnce((engine, table) ->
        engine.closeProducer(SimulatedCall.ROUTER, "ann-video", table.call.nowNs()));
    assertRoomIsTakenAtOnce((engine, table) -> {
      String annAtCleo = Conference.id(table.seat("cleo"), table.seat("ann"), "video");
      engine.closeConsumer(SimulatedCall.ROUTER, annAtCleo, table.call.nowNs());
    });
    assertRoomIsTakenAtOnce((engine, table) ->
        engine.pauseProducer(SimulatedCall.ROUTER, "ann-video", table.call.nowNs()));
  }

  private interface Departure {
    void happen(MediaEngine engine, Conference table);
  }

  private static void assertRoomIsTakenAtOnce(Departure ofAnn) {
    Conference table = new Conference(61, new SpeakerPolicy(0, 1), "ann", "bob", "cleo");
    Seat cleo = table.seat("cleo");
    table.play(SECOND);
    MediaEngine engine = table.engine();
    String bobAtCleo = Conference.id(cleo, table.seat("bob"), "video");
    assertThat(table.selections()).doesNotContain("+" + bobAtCleo);
    assertThat(engine.nextDeadlineNs()).isGreaterThan(table.call.nowNs());

    ofAnn.happen(engine, table);

    assertThat(engine.nextDeadlineNs()).isLessThanOrEqualTo(table.call.nowNs());
    engine.onTimeout(table.call.nowNs());
    assertThat(table.selections()).contains("+" + bobAtCleo);
    assertThat(engine.nextDeadlineNs()).isGreaterThan(table.call.nowNs());
  }

  @Test
  void who_is_heard_of_no_more_makes_room_too() {
    Conference table = new Conference(63, new SpeakerPolicy(0, 1), "ann", "bob", "cleo");
    table.play(SECOND);
    String bobAtCleo = Conference.id(table.seat("cleo"), table.seat("bob"), "video");
    assertThat(table.selections()).doesNotContain("+" + bobAtCleo);

    for (int second = 0; second < ICE_TIMEOUT_S + 1; second++) {
      table.call.renewConsent(table.seat("bob").peer);
      table.call.renewConsent(table.seat("cleo").peer);
      table.call.run(SECOND);
    }

    assertThat(table.call.events())
        .contains(new EngineEvent.TransportClosed(SimulatedCall.ROUTER, "ann"))
        .doesNotContain(new EngineEvent.TransportClosed(SimulatedCall.ROUTER, "bob"));
    assertThat(table.selections()).contains("+" + bobAtCleo);
  }

  @Test
  void a_call_that_waits_for_somebody_is_looked_at_no_more_when_it_is_closed() {
    assertNothingIsLeft(engine -> engine.closeRouter(SimulatedCall.ROUTER));
    assertNothingIsLeft(MediaEngine::close);
  }

  private static void assertNothingIsLeft(Consumer<MediaEngine> end) {
    Conference table = new Conference(62, new SpeakerPolicy(1, 1), "ann", "bob");
    MediaEngine engine = table.engine();
    table.seat("ann").hears(Sound.speech(new Random(1), SECOND));
    table.play(SECOND);
    engine.createTransport(SimulatedCall.ROUTER, "cleo", table.call.nowNs());
    engine.connectTransport(SimulatedCall.ROUTER, "cleo", table.call.nowNs());
    assertThat(table.floor()).as("the call looks who speaks").isNotEmpty();
    assertThat(engine.nextDeadlineNs()).isLessThan(Alarms.NEVER);

    end.accept(engine);

    assertThat(engine.nextDeadlineNs()).isEqualTo(Alarms.NEVER);
  }
}
