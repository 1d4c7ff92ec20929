package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.launcher.EmbeddedDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small calls stay direct up to the size that is configured. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class MeshIT {

  @Test
  void three_talk_directly_where_three_may_a_fourth_moves_them_to_the_sfu_and_three_move_back()
      throws Exception {
    Map<String, String> settings = Map.of("CROSSPOINT_MESH_SIZE", "3");
    try (EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
        RunningServer server =
            RunningServer.launch("mesh", postgres.database("crosspoint"), settings).ready();
        Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      String link = ann.startCall(server.http(), "Mesh");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      Witness annAndBob = Witness.of(ann, bob);
      cid.join(link);
      Person.everybodySeesAndHears(ann, bob, cid);
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("DIRECT"));
      Witness everybody = Witness.of(ann, bob, cid);

      CallRecord record = CallRecord.of(server, link);
      List.of(ann, bob, cid).forEach(Person::awaitStandby);
      try (TestCall.Person dora = TestCall.of(server, link).joinSilent("Dora")) {
        dora.getReady();
        List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));
        Person.everybodySeesAndHears(ann, bob, cid);
        dora.leave();
      }
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("DIRECT"));
      Person.everybodySeesAndHears(ann, bob, cid);

      annAndBob.nothingStopped();
      everybody.nothingStopped();
      record.awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
      record.awaitLatest(1, "SFU DIRECT PARTICIPANT_LEFT COMPLETED");
      assertThat(browsers.complaints()).isEmpty();
    }
  }
}
