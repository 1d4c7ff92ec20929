package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.DatabaseProcess.Pause;
import dev.crosspoint.e2e.RestClient.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The database hangs for a minute, several times as long as the lease of a server with its default
 * settings. It does not even refuse connections: whatever asks it waits.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DatabaseOutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(60);
  private static final String LEASE_RUN_OUT = "XPC20032";
  private static final String NEW_CALL = "{\"name\": \"Another\"}";
  private static final String IDS = "window.crosspoint.describe().self";
  private static final String BOB_IS_MUTED =
      "document.querySelector('.tile[data-name=\"Bob\"] .tile-muted:not([hidden])') !== null";
  private static final String STAY =
      "SELECT concat_ws(' ', status, leave_reason) FROM participant WHERE id = ?";

  @Test
  void a_group_talks_on_through_a_minute_without_the_database_and_nothing_is_lost()
      throws Exception {
    try (RunningServer server = RunningServer.startBeside("outage", Map.of());
        Browsers browsers = new Browsers()) {
      Group group = Group.start(server, browsers);
      TestCall call = TestCall.of(server, group.link());
      RestClient rest = RestClient.of(server).as(TestCall.guest(server, "Host"));
      List<Object> ids = group.ids();
      try (TestCall.Person dora = call.joinSilent("Dora");
          ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor()) {
        Eventually.await("Dora is in", () -> stay(server, dora.id()).equals("ADMITTED"));
        group.awaitPeople(4);

        try (Pause _ = new DatabaseProcess(server).pause()) {
          long end = System.nanoTime() + OUTAGE.toNanos();
          Future<Answer> refused = elsewhere.submit(() -> rest.post("calls", NEW_CALL));
          group.talksUntilTheLeaseRunsOut(server, end);
          group.seesThatBobMutesAndUnmutes();
          dora.leave();
          group.awaitPeople(3);
          group.talksUntil(end);
          assertTellsToComeLater(refused.get());
        }

        Eventually.await("what was missed", () -> stay(server, dora.id()).endsWith(" LEFT"));
      }
      Eventually.await("a new call", () -> rest.post("calls", NEW_CALL).status() == 201);
      try (TestCall.Person eve = call.joinVisible("Eve")) {
        Eventually.await("Eve is in", () -> stay(server, eve.id()).equals("ADMITTED"));
        group.awaitPeople(4);
        Person.everybodySeesAndHears(group.people());
      }
      assertThat(group.ids()).isEqualTo(ids);
      assertThat(CallRecord.of(server, group.link()).summaries())
          .filteredOn(summary -> !summary.endsWith("ROLLED_BACK"))
          .containsExactly("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static void assertTellsToComeLater(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.value("code")).isEqualTo("UNAVAILABLE");
  }

  /** How somebody is in the call, or why they left, as it is written. */
  private static String stay(RunningServer server, String participantId) throws Exception {
    try (Connection connection = server.database();
        PreparedStatement query = connection.prepareStatement(STAY)) {
      query.setString(1, participantId);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** Three people who talk over the media server. */
  private record Group(Person ann, Person bob, Person cid, String link) {
    static Group start(RunningServer server, Browsers browsers) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      Group group = new Group(ann, bob, cid, ann.startCall(server.http(), "Outage"));
      bob.join(group.link);
      Person.everybodySeesAndHears(ann, bob);
      cid.join(group.link);
      List.of(group.people()).forEach(person -> person.awaitMode("SFU"));
      Person.everybodySeesAndHears(group.people());
      return group;
    }

    Person[] people() {
      return new Person[] {ann, bob, cid};
    }

    /** The ids under which they are in the call. */
    List<Object> ids() {
      return List.of(ann.ask(IDS), bob.ask(IDS), cid.ask(IDS));
    }

    void awaitPeople(int count) {
      for (Person person : people()) {
        person.await("window.crosspoint.describe().participants.length === " + count);
      }
    }

    void talksUntilTheLeaseRunsOut(RunningServer server, long end) throws Exception {
      Witness witness = Witness.of(people());
      do {
        Person.everybodySeesAndHears(people());
      } while (TwoServers.said(server, LEASE_RUN_OUT) == 0 && System.nanoTime() < end);
      witness.nothingStopped();
      assertThat(TwoServers.said(server, LEASE_RUN_OUT)).isPositive();
    }

    void seesThatBobMutesAndUnmutes() {
      bob.press("Mute microphone");
      ann.await(BOB_IS_MUTED);
      cid.await(BOB_IS_MUTED);
      bob.press("Unmute microphone");
      ann.awaitSeesAndHears(bob);
      cid.awaitSeesAndHears(bob);
    }

    /** All the time until then, and once more after it. */
    void talksUntil(long end) {
      Witness witness = Witness.of(people());
      boolean over;
      do {
        over = System.nanoTime() > end;
        Person.everybodySeesAndHears(people());
      } while (!over);
      witness.nothingStopped();
      List.of(people()).forEach(person -> person.awaitMode("SFU"));
    }
  }
}
