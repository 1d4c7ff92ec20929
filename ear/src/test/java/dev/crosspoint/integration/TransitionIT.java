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

    move(List.of(ann, bob, cid));
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
  void a_transition_that_begins_in_the_step_in_which_another_ends_is_in_the_record()
      throws Exception {
    String call = catalog.create(HOST, "Busy").callId();
    TestedParticipant ann = new TestedParticipant(calls, call, "Ann");
    TestedParticipant bob = new TestedParticipant(calls, call, "Bob");
    TestedParticipant cid = new TestedParticipant(calls, call, "Cid");
    move(List.of(ann, bob, cid));
    cid.say(new ClientMessage.Leave());

    ann.getReady();
    bob.getReady();
    String back = ann.hear(ServerEvent.PathsCommitted.class).transitionId();
    TestedParticipant dan = new TestedParticipant(calls, call, "Dan");
    bob.hear(ServerEvent.PathsCommitted.class);
    ann.say(new ClientMessage.TransitionSwitched(back, List.of()));
    bob.say(new ClientMessage.TransitionSwitched(back, List.of()));
    move(List.of(ann, bob, dan));
    awaitPhase(dan, TransitionPhase.COMPLETED);

    assertThat(catalog.transitions(HOST, call))
        .extracting(TransitionView::phase)
        .containsExactly(
            TransitionPhase.COMPLETED, TransitionPhase.COMPLETED, TransitionPhase.COMPLETED);
    for (TestedParticipant everybody : List.of(ann, bob, dan)) {
      everybody.say(new ClientMessage.Leave());
    }
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

  /** Everybody gets ready, and switches when it is committed. */
  private static void move(List<TestedParticipant> participants) throws Exception {
    for (TestedParticipant participant : participants) {
      participant.getReady();
    }
    for (TestedParticipant participant : participants) {
      String transition = participant.hear(ServerEvent.PathsCommitted.class).transitionId();
      participant.say(new ClientMessage.TransitionSwitched(transition, List.of()));
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
