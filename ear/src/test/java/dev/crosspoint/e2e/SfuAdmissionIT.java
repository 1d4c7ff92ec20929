package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server with one place for calls over the SFU, and the switch that takes it away. Clients have
 * no media: what is looked at is what people are told, and where their call goes.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SfuAdmissionIT {
  private static final String FLAG = "admin/sfu-flag";
  private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(2);
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private static RunningServer server;
  private static RestClient administrator;

  private final List<Talk> talks = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.startBeside(
            "admission",
            Map.of(
                "CROSSPOINT_SFU_CALLS", "1",
                "CROSSPOINT_PROBE", "false",
                "CROSSPOINT_LOG_FORMAT", "json")); // with times
    administrator = RestClient.of(server).as(TestCall.administrator(server));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @AfterEach
  void everybodyGoes() throws Exception {
    talks.forEach(Talk::everybodyLeaves);
    turn("ON");
    Eventually.await("a free place", () -> server.metric("crosspoint_sfu_calls") == 0);
  }

  @Test
  void where_every_place_is_taken_newcomers_wait_in_order_and_go_in_when_one_is_free()
      throws Exception {
    Talk first = talkOfThreeOverTheSfu();
    Talk second = talk("Ann", "Bob", "Cid");
    Person dan = second.join("Dan");
    assertWaits(dan, 1, "SFU_FULL");
    Person eve = second.join("Eve");
    assertWaits(eve, 2, "SFU_FULL");
    assertThat(second.record().summaries()).isEmpty();
    assertThat(server.metric("crosspoint_sfu_calls")).isEqualTo(1);
    assertThat(waiting("sfu_full")).isGreaterThanOrEqualTo(2);

    first.everybodyLeaves();

    second.everybodyGetsReady();
    second.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
    awaitAdmitted(dan);
    awaitAdmitted(eve);
    assertThat(server.metric("crosspoint_sfu_calls")).isEqualTo(1);
  }

  @Test
  void drained_the_sfu_keeps_its_calls_and_takes_no_other() throws Exception {
    Talk running = talkOfThreeOverTheSfu();
    Talk other = talk("Ann", "Bob", "Cid");

    turn("DRAIN");

    awaitAdmitted(running.join("Dan"));
    assertWaits(other.join("Dora"), 1, "SFU_UNAVAILABLE");
    running.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
    assertThat(running.record().summaries()).hasSize(1);
  }

  @Test
  void turned_off_three_go_over_to_direct_paths_and_back_when_it_is_on() throws Exception {
    Talk talk = talkOfThreeOverTheSfu();

    turn("OFF");
    talk.everybodyGetsReady();
    talk.record().awaitSummary("SFU DIRECT POLICY_CHANGED COMPLETED");
    Eventually.await("a free place", () -> server.metric("crosspoint_sfu_calls") == 0);
    Person dan = talk.join("Dan");
    assertWaits(dan, 1, "SFU_UNAVAILABLE");

    turn("ON");
    talk.everybodyGetsReady();
    talk.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
    awaitAdmitted(dan);
  }

  @Test
  void turned_off_a_call_too_large_for_direct_paths_is_ended_and_everybody_is_told_why()
      throws Exception {
    Talk talk = talkOfThreeOverTheSfu();
    awaitAdmitted(talk.join("Dan"));

    turn("OFF");

    for (Person person : talk.people) {
      assertThat(person.socket().event("callEnded").at("/message/reason").asString())
          .isEqualTo("SFU_OFF");
    }
    Eventually.await(
        "the record", () -> row(talk, "status || ' ' || end_reason").equals("ENDED SFU_OFF"));
    assertThat(TwoServers.said(server, "XPC20070")).isPositive();
    try (SignalingClient again = SignalingClient.open(server, talk.people.getFirst().token())) {
      assertThat(SignalingClient.code(again.request(TestCall.joining("Ann"))))
          .isEqualTo("CALL_ENDED");
    }
    talk.people.forEach(Person::close);
    talk.people.clear();
  }

  @Test
  void what_another_server_wrote_is_followed_and_told_with_its_author() throws Exception {
    anotherServerWrites("drain");

    Eventually.await(
        "the other server's flag", () -> "DRAIN".equals(administrator.get(FLAG).value("flag")));

    assertThat(administrator.get(FLAG).value("changedBy")).isEqualTo("somebody else");
    assertThat(server.metrics("crosspoint_sfu_flag"))
        .anySatisfy((name, value) -> {
          assertThat(name).contains("setting=\"drain\"");
          assertThat(value).isEqualTo(1);
        });
  }

  /** Each is written just after this server has looked, so that it takes as long as it can. */
  @Test
  void what_another_server_wrote_counts_here_within_two_seconds() throws Exception {
    List<Duration> taken = new ArrayList<>();
    for (String flag : List.of("drain", "off", "on", "drain", "off")) {
      int before = changes(flag).size();
      Instant written = Instant.now();
      anotherServerWrites(flag);
      Eventually.await("the flag " + flag, () -> changes(flag).size() > before);
      taken.add(Duration.between(written, changes(flag).getLast()));
    }

    assertThat(server.metrics("crosspoint_sfu_flag"))
        .anySatisfy((name, value) -> {
          assertThat(name).contains("setting=\"off\"");
          assertThat(value).isEqualTo(1);
        });
    // The median: on a machine that is busy with something else one or two may be held up.
    assertThat(taken.stream().sorted().toList().get(taken.size() / 2))
        .as("of %s", taken)
        .isLessThanOrEqualTo(FOLLOWED_WITHIN);
  }

  @Test
  void only_administrators_change_the_flag_and_only_to_what_it_can_be() throws Exception {
    RestClient guest = RestClient.of(server).as(TestCall.guest(server, "Guest"));

    assertThat(RestClient.of(server).get(FLAG).status()).isEqualTo(401);
    assertThat(guest.get(FLAG).status()).isEqualTo(403);
    assertThat(guest.put(FLAG, "{\"flag\": \"OFF\"}").status()).isEqualTo(403);
    assertThat(administrator.put(FLAG, "{\"flag\": \"SOMETIMES\"}").status()).isEqualTo(400);
    assertThat(administrator.put(FLAG, "{}").status()).isEqualTo(400);
    assertThat(administrator.get(FLAG).value("flag")).isEqualTo("ON");
  }

  /** A call made for one test, and those in it. */
  private record Talk(TestCall call, List<Person> people) {
    Person join(String name) throws Exception {
      Person person = call.joinSilent(name);
      people.add(person);
      return person;
    }

    void everybodyGetsReady() {
      people.forEach(Person::getReady);
    }

    void everybodyLeaves() {
      people.forEach(Person::leave);
      people.forEach(Person::close);
      people.clear();
    }

    CallRecord record() throws Exception {
      return CallRecord.of(call.server(), call.callId());
    }
  }

  private Talk talk(String... names) throws Exception {
    Talk talk = new Talk(TestCall.create(server), new ArrayList<>());
    talks.add(talk);
    for (String name : names) {
      talk.join(name);
    }
    return talk;
  }

  private Talk talkOfThreeOverTheSfu() throws Exception {
    Talk talk = talk("Una", "Vic", "Wes");
    talk.everybodyGetsReady();
    talk.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
    return talk;
  }

  private static void anotherServerWrites(String flag) throws Exception {
    try (Connection database = server.database();
        Statement statement = database.createStatement()) {
      statement.execute(
          """
          INSERT INTO setting VALUES ('sfu', '%s', 'somebody else', now())
          ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by
          """
              .formatted(flag));
    }
  }

  /** When the server went over to a flag, each time so far, by its own clock. */
  private static List<Instant> changes(String flag) throws Exception {
    try (Stream<String> lines = Files.lines(server.log())) {
      return lines
          .filter(line -> line.contains("XPC20070") && line.contains("is now " + flag + "\""))
          .map(line -> JSON.readTree(line).path("ibm_datetime").asString())
          .map(time -> LOG_TIME.parse(time, Instant::from))
          .toList();
    }
  }

  private static void turn(String flag) throws Exception {
    RestClient.Answer answer = administrator.put(FLAG, "{\"flag\": \"%s\"}".formatted(flag));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.value("flag")).isEqualTo(flag);
    assertThat(answer.value("changedBy")).isNotEmpty();
    assertThat(answer.value("changedAt")).isNotEmpty();
  }

  private static void assertWaits(Person person, int position, String reason) {
    JsonNode queued = person.socket().event("queued").path("message");
    assertThat(queued.path("position").asInt()).isEqualTo(position);
    assertThat(queued.path("reason").asString()).isEqualTo(reason);
  }

  private static void awaitAdmitted(Person person) throws Exception {
    String status = "SELECT status FROM participant WHERE id = '%s'".formatted(person.id());
    Eventually.await(person.name() + " is admitted", () -> value(status).equals("ADMITTED"));
  }

  private static String row(Talk talk, String columns) throws Exception {
    return value("SELECT %s FROM call WHERE id = '%s'".formatted(columns, talk.call.callId()));
  }

  private static String value(String query) throws Exception {
    try (Connection database = server.database();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private static double waiting(String reason) throws Exception {
    return server.metrics("crosspoint_queued_total").entrySet().stream()
        .filter(metric -> metric.getKey().contains("reason=\"%s\"".formatted(reason)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
