package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.EngineErrorCode;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CommandTest {
  private static final String ROUTER = SimulatedCall.ROUTER;
  private final MediaEngine engine = new SimulatedCall(41, SrtpProfile.AEAD_AES_128_GCM).engine();

  @Test
  void repeating_a_command_changes_nothing() {
    for (int i = 0; i < 2; i++) {
      engine.createRouter(ROUTER);
      engine.createTransport(ROUTER, "a", 0);
      engine.produce(ROUTER, "a", "p", StreamParameters.opusFrom(1), false, 0);
      engine.consume(ROUTER, "a", "c", "p", StreamParameters.opusTo(2, Set.of()), false, 0);
    }
    IceCredentials first = engine.createTransport(ROUTER, "a", 0);
    assertThat(engine.createTransport(ROUTER, "a", 0)).isEqualTo(first);
    for (int i = 0; i < 2; i++) {
      engine.closeConsumer(ROUTER, "c", 0);
      engine.closeProducer(ROUTER, "p", 0);
      engine.closeTransport(ROUTER, "a", 0);
      engine.closeRouter(ROUTER);
    }
    assertThat(engine.counters().routers()).isZero();
    assertThat(engine.counters().transports()).isZero();
  }

  @Test
  void what_is_not_there_is_named_in_the_refusal() {
    engine.createTransport(ROUTER, "a", 0);

    assertRefused(() -> engine.createTransport("none", "b", 0), EngineErrorCode.ROUTER_NOT_FOUND);
    assertRefused(
        () -> engine.connectTransport(ROUTER, "none", 0), EngineErrorCode.TRANSPORT_NOT_FOUND);
    assertRefused(
        () -> engine.pauseProducer(ROUTER, "none", 0), EngineErrorCode.PRODUCER_NOT_FOUND);
    assertRefused(
        () -> engine.resumeConsumer(ROUTER, "none", 0), EngineErrorCode.CONSUMER_NOT_FOUND);
  }

  @Test
  void what_is_taken_or_does_not_fit_is_refused() {
    engine.createRouter("other");
    engine.createTransport(ROUTER, "a", 0);
    engine.produce(ROUTER, "a", "p", StreamParameters.opusFrom(1), false, 0);
    engine.consume(ROUTER, "a", "c", "p", StreamParameters.opusTo(2, Set.of()), false, 0);

    assertRefused(() -> engine.createTransport("other", "a", 0), EngineErrorCode.ID_IN_USE);
    assertRefused(
        () -> engine.produce(ROUTER, "a", "p2", StreamParameters.opusFrom(1), false, 0),
        EngineErrorCode.ID_IN_USE);
    assertRefused(
        () -> engine.produce(ROUTER, "a", "p", StreamParameters.opusFrom(9), false, 0),
        EngineErrorCode.ID_IN_USE);
    assertRefused(
        () -> engine.consume(ROUTER, "a", "v", "p", StreamParameters.vp8To(3, 4), false, 0),
        EngineErrorCode.CANNOT_CONSUME);
    assertRefused(
        () -> engine.consume(ROUTER, "a", "d", "p", StreamParameters.opusTo(2, Set.of()), false, 0),
        EngineErrorCode.ID_IN_USE);
  }

  private static void assertRefused(ThrowingCallable command, EngineErrorCode code) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(
            EngineException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
