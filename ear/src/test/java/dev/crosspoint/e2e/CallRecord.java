package dev.crosspoint.e2e;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the server tells of a call's transitions, as an operator reads it by REST. */
final class CallRecord {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  private final String callId;
  private final RestClient rest;

  private CallRecord(String callId, RestClient rest) {
    this.callId = callId;
    this.rest = rest;
  }

  static CallRecord of(RunningServer server, String link) throws IOException, InterruptedException {
    String callId = link.substring(link.lastIndexOf('/') + 1);
    return new CallRecord(callId, RestClient.of(server).as(TestCall.guest(server, "Operator")));
  }

  /**
   * One attempt.
   *
   * @param summary its modes, reason and outcome
   * @param steps each as "PHASE" or "PHASE: detail"
   * @param outcomes what became of everybody of whom it tells something, by their name
   * @param commitMs from the request until the new topology was in force; 0 when it never was
   * @param finishedAt empty while it runs
   */
  record Attempt(
      String summary,
      List<String> steps,
      Map<String, List<String>> outcomes,
      long commitMs,
      Instant startedAt,
      Optional<Instant> finishedAt) {
    private static Attempt of(JsonNode transition) {
      String summary =
          String.join(
              " ",
              transition.path("from").asString(),
              transition.path("to").asString(),
              transition.path("reason").asString(),
              transition.path("phase").asString());
      List<String> steps =
          transition
              .path("steps")
              .valueStream()
              .map(step -> {
                String detail = step.path("detail").asString("");
                return step.path("phase").asString() + (detail.isEmpty() ? "" : ": " + detail);
              })
              .toList();
      return new Attempt(
          summary,
          steps,
          outcomes(transition),
          transition.path("commitMs").asLong(0),
          Instant.parse(transition.path("startedAt").asString()),
          transition.path("finishedAt").asStringOpt().map(Instant::parse));
    }

    private static Map<String, List<String>> outcomes(JsonNode transition) {
      return transition
          .path("participants")
          .valueStream()
          .collect(
              Collectors.toMap(
                  participant -> participant.path("displayName").asString(),
                  participant ->
                      participant
                          .path("outcomes")
                          .valueStream()
                          .map(outcome -> outcome.path("outcome").asString())
                          .toList()));
    }
  }

  /** All attempts so far, oldest first. */
  List<Attempt> attempts() throws IOException, InterruptedException {
    return rest.get("calls/" + callId + "/transitions")
        .json()
        .valueStream()
        .map(Attempt::of)
        .toList();
  }

  List<String> summaries() throws IOException, InterruptedException {
    return attempts().stream().map(Attempt::summary).toList();
  }

  /** The steps of the attempt of a number, counted from 1. */
  List<String> steps(int number) throws IOException, InterruptedException {
    return attempts().get(number - 1).steps();
  }

  /** From the end of the attempt of a number, counted from 1, to the beginning of the next one. */
  Duration pauseAfter(int number) throws IOException, InterruptedException {
    List<Attempt> attempts = attempts();
    return Duration.between(
        attempts.get(number - 1).finishedAt().orElseThrow(), attempts.get(number).startedAt());
  }

  /**
   * Waits until the attempt of a number, counted from 1, tells this of somebody and nothing else:
   * such notes are written beside, and may come last.
   */
  void awaitOutcomes(int number, String name, String... outcomes)
      throws IOException, InterruptedException {
    await(
        "%s: %s in attempt %d".formatted(name, List.of(outcomes), number),
        attempts ->
            attempts.size() >= number
                && List.of(outcomes).equals(attempts.get(number - 1).outcomes().get(name)));
  }

  /** Waits until the latest attempt has entered a phase, and nothing further. */
  void awaitPhase(String phase) throws IOException, InterruptedException {
    await(
        "a transition in phase " + phase,
        attempts -> {
          List<String> steps = attempts.getLast().steps();
          return steps.getLast().split(":", 2)[0].equals(phase);
        });
  }

  /** Waits until there is such an attempt. */
  void awaitSummary(String summary) throws IOException, InterruptedException {
    await(summary, attempts -> attempts.stream().anyMatch(a -> a.summary().equals(summary)));
  }

  /** Waits until there are more attempts than that and the latest is such a one. */
  void awaitLatest(int more, String summary) throws IOException, InterruptedException {
    await(
        summary + " after " + more,
        attempts -> attempts.size() > more && attempts.getLast().summary().equals(summary));
  }

  private void await(String what, Predicate<List<Attempt>> condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Attempt> attempts = List.of();
    while (System.nanoTime() < end) {
      attempts = attempts();
      if (!attempts.isEmpty() && condition.test(attempts)) {
        return;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new AssertionError("waited for %s; there were %s".formatted(what, attempts));
  }
}
