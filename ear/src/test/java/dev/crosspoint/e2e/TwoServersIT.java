package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Two servers and one database: whatever happens to a server, a call has one owner. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the last one leaves a server dead
class TwoServersIT {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final int CALLS = 10;
  private static final int PEOPLE_AT_EACH_SERVER = 3;

  private static final String OWNER = "SELECT epoch, owner_node FROM call WHERE id = ?";
  private static final String PHASE = "SELECT phase FROM transition WHERE call_id = ?";
  private static final String UNFINISHED =
      "SELECT count(*) FROM transition WHERE call_id = ? AND finished_at IS NULL";
  private static final String STATUS =
      "SELECT status FROM participant WHERE call_id = ? AND left_at IS NULL";
  private static final String HELD_SINCE = "SELECT held_since FROM node WHERE id = ?";
  private static final String HELD_FOR_A_LEASE =
      "SELECT held_since <= now() - interval '%s' FROM node WHERE id = ?".formatted(LEASE);
  private static final String LEASE_RUN_OUT = "XPC20032";

  /** Nobody's transition is left running for longer when its owner's lease is over. */
  private static final double SECONDS_TO_RECOVER = 5;

  private static final String PRESENT =
      "SELECT count(*) FROM participant WHERE call_id = ? AND left_at IS NULL";

  private static TwoServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = TwoServers.start(LEASE);
  }

  @AfterAll
  static void stop() throws Exception {
    servers.close();
  }

  @AfterEach
  void noCallEverHadTwoOwnersOrTwoTransitions() {
    assertThat(servers.complaints()).isEmpty();
  }

  @Test
  @Order(1)
  void people_who_come_to_both_servers_at_the_same_time_find_one_owner() throws Exception {
    Map<String, List<Callable<Entry>>> entries = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      String callId = TestCall.create(servers.both().get(i % 2)).callId();
      List<Callable<Entry>> ofCall = new ArrayList<>();
      for (int person = 0; person < PEOPLE_AT_EACH_SERVER; person++) {
        for (RunningServer server : servers.both()) {
          String token = new TestCall(server, callId).token("Person " + person);
          ofCall.add(() -> Entry.attempt(server, token));
        }
      }
      entries.put(callId, ofCall);
    }
    for (Map.Entry<String, List<Entry>> call : atOnce(entries).entrySet()) {
      assertOneOwner(call.getKey(), call.getValue());
      call.getValue().forEach(Entry::close);
    }
  }

  /** Lets everybody come at the same time, all calls together. */
  private static Map<String, List<Entry>> atOnce(Map<String, List<Callable<Entry>>> entries)
      throws Exception {
    Map<String, List<Entry>> outcomes = new HashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, List<Future<Entry>>> running = new HashMap<>();
      entries.forEach(
          (call, ofCall) -> running.put(call, ofCall.stream().map(threads::submit).toList()));
      for (Map.Entry<String, List<Future<Entry>>> call : running.entrySet()) {
        List<Entry> done = new ArrayList<>();
        for (Future<Entry> entry : call.getValue()) {
          done.add(entry.get());
        }
        outcomes.put(call.getKey(), done);
      }
    }
    return outcomes;
  }

  private static void assertOneOwner(String callId, List<Entry> entries) {
    List<Entry> joined = entries.stream().filter(entry -> entry.refusal().isEmpty()).toList();
    Set<RunningServer> owners = joined.stream().map(Entry::server).collect(Collectors.toSet());
    assertThat(owners).as("servers that let people into call %s", callId).hasSize(1);
    assertThat(joined).hasSize(PEOPLE_AT_EACH_SERVER);
    assertThat(joined).extracting(Entry::epoch).containsOnly(1L);
    assertThat(entries)
        .filteredOn(entry -> !owners.contains(entry.server()))
        .extracting(Entry::refusal)
        .hasSize(PEOPLE_AT_EACH_SERVER)
        .containsOnly("UNAVAILABLE");
    String name = owners.contains(servers.one) ? "one" : "two";
    assertThat(servers.row(OWNER, callId)).isEqualTo("1 " + name);
  }

  @Test
  @Order(2)
  void an_owner_that_slept_in_a_transition_and_was_replaced_writes_nothing_and_lets_go()
      throws Exception {
    TestCall call = TestCall.create(servers.one);
    try (People people = People.inATransition(call);
        MediaProbe transport = people.transport()) {
      Eventually.await("a transport that answers", transport::isAnswered);
      TwoServers.signal(servers.one.process(), "STOP");
      try {
        assertThat(servers.row(PHASE, call.callId())).isEqualTo("CONNECTING");
        awaitTheEndOfItsTransition(call);
        assertThat(secondsAfterTheLease("one", call)).isBetween(0.0, SECONDS_TO_RECOVER);
        assertThat(servers.row(PHASE, call.callId())).isEqualTo("ROLLED_BACK");
        assertThat(servers.row(OWNER, call.callId())).isEqualTo("2 null");
        assertThat(servers.row(PRESENT, call.callId())).isEqualTo("0");
        try (Person dora = new TestCall(servers.two, call.callId()).join("Dora")) {
          assertThat(dora.epoch()).isEqualTo(3);
          Eventually.await(
              "the last write of the new owner",
              () -> servers.row(STATUS, call.callId()).equals("ADMITTED"));
          List<String> record = servers.record(call.callId());
          TwoServers.signal(servers.one.process(), "CONT");
          people.assertToldToComeAgain();
          Eventually.await("the end of the transport", () -> !transport.isAnswered());
          assertItServesAgain(servers.one);
          assertThat(servers.record(call.callId())).isEqualTo(record);
          assertThat(dora.socket().heartbeat()).isEqualTo("done");
        }
      } finally {
        TwoServers.signal(servers.one.process(), "CONT");
      }
    }
  }

  private static void assertItServesAgain(RunningServer server) throws Exception {
    TestCall other = TestCall.create(server);
    Eventually.await("a call on the server that woke", () -> entered(other));
  }

  private static boolean entered(TestCall call) throws Exception {
    try (Person person = call.join("Eve")) {
      return person.epoch() > 0;
    }
  }

  @Test
  @Order(3)
  void while_the_database_does_not_answer_calls_stay_as_they_are_and_afterwards_with_their_owners()
      throws Exception {
    TestCall call = TestCall.create(servers.two);
    String token = call.token("Dora");
    long saidBefore = TwoServers.said(servers.two, LEASE_RUN_OUT);
    String heldSince = servers.row(HELD_SINCE, "one");
    try (People people = People.inATransition(call)) {
      List<ProcessHandle> database = servers.database();
      try {
        for (ProcessHandle process : database) {
          TwoServers.signal(process, "STOP");
        }
        Eventually.await(
            "the end of the owner's lease",
            () -> TwoServers.said(servers.two, LEASE_RUN_OUT) > saidBefore);
        people.getReady();
        people.assertTheyHearEachOther();
        try (SignalingClient dora = SignalingClient.open(servers.two, token)) {
          assertThat(SignalingClient.code(dora.request(TestCall.joining("Dora"))))
              .isEqualTo("UNAVAILABLE");
        }
        people.assertNothingCommitted();
      } finally {
        for (ProcessHandle process : database) {
          TwoServers.signal(process, "CONT");
        }
      }
      Eventually.await(
          "the time from which on the other server may take over",
          () ->
              !servers.row(HELD_SINCE, "one").equals(heldSince)
                  && servers.row(HELD_FOR_A_LEASE, "one").equals("t"));
      Eventually.await(
          "the end of the transition", () -> servers.row(UNFINISHED, call.callId()).equals("0"));
      assertThat(servers.row(OWNER, call.callId())).isEqualTo("1 two");
      people.assertStillThere();
    }
  }

  @Test
  @Order(4)
  void the_transitions_of_an_owner_that_is_killed_end_although_nobody_comes() throws Exception {
    TestCall connecting = TestCall.create(servers.two);
    TestCall releasing = TestCall.create(servers.two);
    List<People> people =
        List.of(People.inATransition(releasing), People.inATransition(connecting));
    try {
      people.getFirst().getReady();
      Eventually.await(
          "the commit", () -> servers.row(PHASE, releasing.callId()).equals("RELEASING"));
      servers.two.process().destroyForcibly();
      servers.two.process().onExit().join();
      assertThat(servers.row(PHASE, connecting.callId())).isEqualTo("CONNECTING");
      assertThat(servers.row(PHASE, releasing.callId())).isEqualTo("RELEASING");

      awaitTheEndOfItsTransition(connecting);
      awaitTheEndOfItsTransition(releasing);

      assertThat(servers.row(PHASE, connecting.callId())).isEqualTo("ROLLED_BACK");
      assertThat(servers.row(PHASE, releasing.callId())).isEqualTo("COMPLETED");
      for (TestCall call : List.of(connecting, releasing)) {
        assertThat(secondsAfterTheLease("two", call)).isBetween(0.0, SECONDS_TO_RECOVER);
        assertThat(servers.row(OWNER, call.callId())).isEqualTo("2 null");
        assertThat(servers.row(PRESENT, call.callId())).isEqualTo("0");
        try (Person dora = new TestCall(servers.one, call.callId()).join("Dora")) {
          assertThat(dora.epoch()).isEqualTo(3);
        }
      }
    } finally {
      people.forEach(People::close);
    }
  }

  private static void awaitTheEndOfItsTransition(TestCall call) throws Exception {
    Eventually.await(
        "the end of the transition",
        () ->
            servers.row(UNFINISHED, call.callId()).equals("0")
                && servers.row(OWNER, call.callId()).endsWith(" null"));
  }

  /** By the record: how long after the end of a server's last lease a call's transition ended. */
  private static double secondsAfterTheLease(String server, TestCall call) {
    String query =
        """
        SELECT extract(epoch FROM finished_at - lease_until) FROM transition, node
        WHERE call_id = ? AND node.id = '%s'
        ORDER BY finished_at DESC LIMIT 1
        """
            .formatted(server);
    return Double.parseDouble(servers.row(query, call.callId()));
  }

  /** Somebody's attempt to enter a call. */
  private record Entry(RunningServer server, SignalingClient socket, JsonNode answer) {
    static Entry attempt(RunningServer server, String token) {
      SignalingClient socket = SignalingClient.open(server, token);
      return new Entry(server, socket, socket.request(TestCall.joining("Somebody")));
    }

    /** Why they were not let in; empty when they were. */
    String refusal() {
      return SignalingClient.code(answer);
    }

    long epoch() {
      return answer.at("/message/epoch").asLong();
    }

    void close() {
      socket.close();
    }
  }

  /** Three people; the third has made their call begin to move to the media server. */
  private record People(List<Person> all, String sfuPath) implements AutoCloseable {
    static People inATransition(TestCall call) throws Exception {
      List<Person> all = List.of(call.join("Ada"), call.join("Ben"), call.join("Cleo"));
      String path = "";
      for (Person person : all) {
        path = person.offeredPath("SFU");
      }
      return new People(all, path);
    }

    /** A transport of the last who came. */
    MediaProbe transport() throws Exception {
      return new MediaProbe(
          all.getLast()
              .media(
                  "{\"type\": \"createWebRtcTransport\", \"pathId\": \"%s\", \"direction\": \"RECV\"}"
                      .formatted(sfuPath))
              .path("message"));
    }

    void getReady() {
      for (Person person : all) {
        JsonNode done =
            person.media(
                "{\"type\": \"transitionReady\", \"transitionId\": \"t1\", \"tracks\": []}");
        assertThat(SignalingClient.type(done)).isEqualTo("done");
      }
    }

    void assertTheyHearEachOther() {
      Person ada = all.getFirst();
      ada.socket().request("{\"type\": \"setSources\", \"sources\": []}");
      JsonNode told = all.getLast().socket().event("participantUpdated");
      while (!told.at("/message/participant/sources").isEmpty()) {
        told = all.getLast().socket().event("participantUpdated");
      }
      assertThat(told.at("/message/participant/participantId").asString()).isEqualTo(ada.id());
    }

    void assertNothingCommitted() {
      for (Person person : all) {
        assertThat(person.socket().heartbeat()).isEqualTo("done");
        assertThat(person.socket().otherEvents()).doesNotContain("pathsCommitted");
      }
    }

    void assertStillThere() {
      for (Person person : all) {
        assertThat(person.socket().heartbeat()).isEqualTo("done");
        assertThat(person.socket().otherEvents()).doesNotContain("callEnded", "participantLeft");
      }
    }

    void assertToldToComeAgain() {
      for (Person person : all) {
        assertThat(person.socket().event("callEnded").at("/message/reason").asString())
            .isEqualTo("SERVER_STOPPING");
        assertThat(person.socket().closeCode()).isEqualTo(1000);
      }
    }

    @Override
    public void close() {
      all.forEach(Person::close);
    }
  }
}
