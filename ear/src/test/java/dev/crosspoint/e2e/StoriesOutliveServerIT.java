package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while it is told stories, and the one that is started after it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class StoriesOutliveServerIT {
  private static final int SOURCES = 60;

  @Test
  void what_clients_were_thanked_for_is_written_after_a_kill(@TempDir Path queue) throws Exception {
    Map<String, String> settings = Map.of("CROSSPOINT_QUEUE_DIRECTORY", queue.toString());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
        Connection watcher = connect(postgres.database("crosspoint"))) {
      DatabaseAddress database = postgres.database("crosspoint");
      String callId;
      Set<String> thanked = new TreeSet<>();
      try (RunningServer doomed = RunningServer.launch("doomed", database, settings).ready()) {
        TestCall call = TestCall.create(doomed);
        callId = call.callId();
        List<Person> people = inATransition(call);
        // The last gaps come while the database is away: a call does not wait for it, and they are
        // nowhere but in the queue when the server dies.
        thanked.addAll(tellGaps(people.getFirst(), people.get(1), "before", SOURCES));
        List<ProcessHandle> processes = TwoServers.processes(watcher);
        try {
          for (ProcessHandle process : processes) {
            TwoServers.signal(process, "STOP");
          }
          thanked.addAll(tellGaps(people.getFirst(), people.get(1), "while-away", SOURCES));
          TwoServers.signal(doomed.process(), "KILL");
          doomed.process().onExit().join();
        } finally {
          for (ProcessHandle process : processes) {
            TwoServers.signal(process, "CONT");
          }
        }
      }
      assertThat(thanked).hasSize(2 * SOURCES);
      try (RunningServer next = RunningServer.launch("doomed", database, settings).ready()) {
        Eventually.await(
            "everything that the killed server was told",
            () -> gaps(next, callId).size() >= thanked.size());
        assertThat(gaps(next, callId)).isEqualTo(thanked);
      }
    }
  }

  /** Three people, of whom the third has made a transition necessary. */
  private static List<Person> inATransition(TestCall call) throws Exception {
    List<Person> people = List.of(call.join("Ann"), call.join("Bob"), call.join("Cid"));
    for (Person person : people) {
      String transition = "";
      while (!transition.equals("t1")) {
        transition =
            person
                .socket()
                .event("transitionChanged")
                .path("message")
                .path("transition")
                .path("transitionId")
                .asString("");
      }
    }
    return people;
  }

  /** Tells one gap per message, and gives the sources for which the server said that it has it. */
  private static List<String> tellGaps(Person receiver, Person sender, String kind, int count) {
    List<String> thanked = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      String source = kind + "-" + number;
      String answer =
          SignalingClient.type(
              receiver.media(
                  """
                  {"type": "transitionSwitched", "transitionId": "t1", "gaps":
                   [{"participantId": "%s", "sourceId": "%s", "gapMs": %d}]}\
                  """
                      .formatted(sender.id(), source, number)));
      assertThat(answer).isEqualTo("done");
      thanked.add(source);
    }
    return thanked;
  }

  private static Set<String> gaps(RunningServer server, String callId) throws SQLException {
    try (Connection connection = server.database();
        PreparedStatement query =
            connection.prepareStatement("SELECT source_id FROM transition_gap WHERE call_id = ?")) {
      query.setString(1, callId);
      Set<String> found = new TreeSet<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  private static Connection connect(DatabaseAddress database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }
}
