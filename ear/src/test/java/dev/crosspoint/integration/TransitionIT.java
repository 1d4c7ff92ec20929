package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.boundary.CallCatalog;
import dev.crosspoint.call.boundary.TransitionView;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The machine in its container: driven by the beans, woken by EJB timers, kept by the database,
 * with a real engine.
 */
@ExtendWith(ArquillianExtension.class)
class TransitionIT {
  private static final Caller HOST =
      new Caller("host", "Host", Set.of(Role.USER), Optional.empty());

  @Inject CallBoundary calls;
  @Inject CallCatalog catalog;

  @Deployment
  static EnterpriseArchive application() {
    return TestedApplication.with(TransitionIT.class, TestedParticipant.class);
  }

  @Test
  void a_call_of_three_moves_to_the_sfu_and_its_record_can_be_read() throws Exception {
    String call = catalog.create(HOST, "Weekly").callId();
    TestedParticipant ann = new TestedParticipant(calls, call, "Ann");
    TestedParticipant bob = new TestedParticipant(calls, call, "Bob");
    TestedParticipant cid = new TestedParticipant(calls, call, "Cid");

    for (TestedParticipant everybody : List.of(ann, bob, cid)) {
      everybody.getReady();
    }
    for (TestedParticipant everybody : List.of(ann, bob, cid)) {
      String transition = everybody.hear(ServerEvent.PathsCommitted.class).transitionId();
      everybody.say(new ClientMessage.TransitionSwitched(transition, List.of()));
    }
    ann.hear(ServerEvent.PathsReleased.class);
    awaitPhase(cid, TransitionPhase.COMPLETED);

    assertThat(catalog.find(HOST, call).mode()).isEqualTo(TopologyMode.SFU);
    assertThat(catalog.transitions(HOST, call))
        .singleElement()
        .satisfies(transition ->
            assertThat(transition.steps())
                .extracting(TransitionView.Step::phase)
                .containsExactly(
                    TransitionPhase.REQUESTED,
                    TransitionPhase.PREPARING,
                    TransitionPhase.CONNECTING,
                    TransitionPhase.COMMITTING,
                    TransitionPhase.RELEASING,
                    TransitionPhase.COMPLETED));
  }

  @Test
  void a_timer_rolls_a_transition_back_when_somebody_inside_never_gets_ready() throws Exception {
    String call = catalog.create(HOST, "Stuck").callId();
    TestedParticipant ann = new TestedParticipant(calls, call, "Ann");
    TestedParticipant bob = new TestedParticipant(calls, call, "Bob");
    TestedParticipant cid = new TestedParticipant(calls, call, "Cid");
    ann.getReady();
    cid.getReady();
    bob.connect();

    bob.hear(ServerEvent.PathsReleased.class);
    ServerEvent.TransitionChanged end = awaitPhase(bob, TransitionPhase.ROLLED_BACK);

    assertThat(end.transition().retryInMs()).isPresent();
    assertThat(catalog.find(HOST, call).mode()).isEqualTo(TopologyMode.DIRECT);
    for (TestedParticipant everybody : List.of(ann, bob, cid)) {
      everybody.say(new ClientMessage.Leave());
    }
  }

  private static ServerEvent.TransitionChanged awaitPhase(
      TestedParticipant participant, TransitionPhase phase) throws InterruptedException {
    ServerEvent.TransitionChanged event;
    do {
      event = participant.hear(ServerEvent.TransitionChanged.class);
    } while (event.transition().phase() != phase);
    return event;
  }
}
