package dev.crosspoint.media.control;

import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.media.api.ProducerId;
import java.util.Collection;
import java.util.Optional;

/**
 * What the participants on a router are told of who has the floor. Lives in the call's mailbox, as
 * its {@link SfuRoom} does.
 */
final class SpeakerNews {
  private final String pathId;
  private final Collection<SfuPathSession> sessions;
  private final Audience audience;
  private Optional<String> activeSpeaker = Optional.empty();

  /**
   * @param sessions a view of those who are there now
   */
  SpeakerNews(String pathId, Collection<SfuPathSession> sessions, Audience audience) {
    this.pathId = pathId;
    this.sessions = sessions;
    this.audience = audience;
  }

  /** Somebody else has the floor, or nobody any more. */
  void dominantSpeakerChanged(Optional<ProducerId> producer) {
    activeSpeaker = producer.flatMap(this::sender);
    sessions.stream().filter(SfuPathSession::receives).forEach(this::tellSpeaker);
  }

  /** Somebody has begun to receive: they were not there when it was told. */
  void catchUp(SfuPathSession newcomer) {
    if (activeSpeaker.isPresent()) {
      tellSpeaker(newcomer);
    }
  }

  private void tellSpeaker(SfuPathSession session) {
    audience.tell(session.participantId(), new ServerEvent.ActiveSpeaker(pathId, activeSpeaker));
  }

  private Optional<String> sender(ProducerId producer) {
    return sessions.stream()
        .filter(session -> session.sends(producer))
        .map(SfuPathSession::participantId)
        .findFirst();
  }
}
