package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A call with as many people as fit, on a server that nobody told how many that are. */
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullCallIT {
  /** The default of CROSSPOINT_CALL_CAPACITY, which the tested server does not set. */
  private static final int CAPACITY = 50;

  private static final String STAYS = "SELECT count(*) FROM participant WHERE call_id = ?";
  private static final String PRESENT = STAYS + " AND left_at IS NULL";

  @Test
  void fifty_are_in_the_next_is_refused_unnoticed_and_gets_the_place_of_one_who_leaves(
      RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (Crowd crowd = Crowd.join(call);
        SignalingClient late = SignalingClient.open(server, call.token("Late"))) {
      assertThat(SignalingClient.code(late.request(TestCall.joining("Late"))))
          .isEqualTo("CALL_FULL");

      crowd.assertNoticedNothing();
      assertThat(count(PRESENT, call)).isEqualTo(CAPACITY);
      assertThat(count(STAYS, call)).isEqualTo(CAPACITY);

      crowd.oneLeaves();
      JsonNode joined = late.request(TestCall.joining("Late"));
      assertThat(SignalingClient.type(joined)).isEqualTo("joined");
      assertThat(joined.at("/message/participants")).hasSize(CAPACITY);
      crowd.assertMet(joined.at("/message/participantId").asString());
      assertThat(count(PRESENT, call)).isEqualTo(CAPACITY);
      assertThat(count(STAYS, call)).isEqualTo(CAPACITY + 1);
      late.request("{\"type\": \"leave\"}");
      crowd.everybodyLeaves();
    }
  }

  /** Nobody in it has media, so that nothing that is tried comes up within its time. */
  @Test
  void fifty_stay_in_while_their_move_to_the_media_server_fails_and_is_tried_again(
      RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (Crowd crowd = Crowd.join(call)) {
      CallRecord record = CallRecord.of(server, call.callId());
      record.awaitSummary("DIRECT SFU PARTICIPANT_JOINED ROLLED_BACK");
      Eventually.await("another attempt", () -> record.attempts().size() > 1);

      crowd.assertNoticedNothing();
      assertThat(count(PRESENT, call)).isEqualTo(CAPACITY);
      crowd.everybodyLeaves();
    }
  }

  private static long count(String query, TestCall call) throws SQLException {
    try (Connection connection = call.server().database();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, call.callId());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** So many that nobody else fits in, in the order in which they came. */
  private record Crowd(List<Person> people) implements AutoCloseable {
    static Crowd join(TestCall call) throws Exception {
      Crowd crowd = new Crowd(new ArrayList<>());
      for (int number = 1; number <= CAPACITY; number++) {
        Person person = call.joinSilent("Person " + number);
        crowd.people.add(person);
        assertThat(person.joined().path("participants")).hasSize(number);
      }
      return crowd;
    }

    /** Everybody is there, and was told of nobody but those who came after them. */
    void assertNoticedNothing() {
      for (int place = 0; place < CAPACITY; place++) {
        SignalingClient socket = people.get(place).socket();
        assertThat(socket.heartbeat()).isEqualTo("done");
        assertThat(socket.otherEvents()).doesNotContain("participantLeft", "callEnded");
        assertThat(socket.otherEvents())
            .filteredOn("participantJoined"::equals)
            .as("arrivals that number %d was told of", place + 1)
            .hasSize(CAPACITY - 1 - place);
      }
    }

    /** Somebody in the midst of them leaves, and all others are told. */
    void oneLeaves() {
      Person leaving = people.remove(CAPACITY / 2);
      leaving.leave();
      leaving.close();
      for (Person person : people) {
        assertThat(person.socket().event("participantLeft").at("/message/participantId").asString())
            .isEqualTo(leaving.id());
      }
    }

    /** Everybody was told that somebody has come. */
    void assertMet(String participantId) {
      for (Person person : people) {
        String met = "";
        while (!met.equals(participantId)) {
          met =
              person
                  .socket()
                  .event("participantJoined")
                  .at("/message/participant/participantId")
                  .asString();
        }
        assertThat(person.socket().heartbeat()).isEqualTo("done");
      }
    }

    void everybodyLeaves() {
      people.forEach(Person::leave);
    }

    @Override
    public void close() {
      people.forEach(Person::close);
    }
  }
}
