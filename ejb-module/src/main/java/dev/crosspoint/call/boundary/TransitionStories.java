package dev.crosspoint.call.boundary;

import dev.crosspoint.call.control.TransitionLog;
import dev.crosspoint.call.control.TransitionLog.Place;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.entity.TransitionEntity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The transitions of all calls, for those who operate the server. Blocks on the database. */
@Singleton
public class TransitionStories {
  private static final int PLACE_PARTS = 3;

  private final TransitionLog log;

  @Inject
  public TransitionStories(TransitionLog log) {
    this.log = log;
  }

  /**
   * Transitions of all calls, the latest first.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls, BAD_MESSAGE for an unusable query,
   *     UNAVAILABLE while the database is away
   */
  public TransitionPage latest(Caller caller, TransitionQuery query) {
    caller.requireAdministrator();
    if (query.limit() < 1 || query.limit() > TransitionQuery.MAX_LIMIT) {
      throw new CallFailure(
          ErrorCode.BAD_MESSAGE, "a page has 1 to " + TransitionQuery.MAX_LIMIT + " transitions");
    }
    TransitionLog.Filter filter =
        new TransitionLog.Filter(
            query.result().map(TransitionResult::phases).orElse(List.of()),
            query.reason(),
            query.callId(),
            query.since());
    Optional<Place> after = query.after().map(TransitionStories::place);
    // One more than asked for tells whether there is another page.
    TransitionLog.Part part = Answers.to(() -> log.latest(filter, after, query.limit() + 1));
    boolean more = part.rows().size() > query.limit();
    List<TransitionLog.Row> rows = more ? part.rows().subList(0, query.limit()) : part.rows();
    return new TransitionPage(
        rows.stream().map(row -> TransitionViews.summary(row, part.troubles())).toList(),
        more ? Optional.of(text(rows.getLast().transition())) : Optional.empty());
  }

  /**
   * The story of one transition.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls, CALL_NOT_FOUND when there is no
   *     such call or it has no such transition, UNAVAILABLE while the database is away
   */
  public TransitionStory story(Caller caller, String callId, String transitionId) {
    caller.requireAdministrator();
    return Answers.to(() -> log.find(callId, Transition.numberOf(transitionId)))
        .flatMap(records ->
            TransitionViews.of(records).stream()
                .findFirst()
                .map(view -> new TransitionStory(callId, records.callName(), view)))
        .orElseThrow(() ->
            new CallFailure(
                ErrorCode.CALL_NOT_FOUND, "there is no such call, or no such transition in it"));
  }

  private static String text(TransitionEntity last) {
    String place = last.startedAt() + " " + last.number() + " " + last.callId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static Place place(String text) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = place.split(" ", PLACE_PARTS);
      if (parts.length == PLACE_PARTS) {
        return new Place(Instant.parse(parts[0]), parts[2], Long.parseLong(parts[1]));
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // Not one of ours: answered below.
    }
    throw new CallFailure(ErrorCode.BAD_MESSAGE, "after is not the next of an earlier page");
  }
}
