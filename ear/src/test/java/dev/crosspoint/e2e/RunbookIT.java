package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import dev.crosspoint.launcher.DatabaseAddress;
import dev.crosspoint.launcher.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every command of the runbook, in its order, on a server where three people talk. They have no
 * media and do what a client would: they say that they are ready.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RunbookIT {
  /** What curl -f ends with when the server refuses. */
  private static final int REFUSED = 22;

  private static final Path LIBERTY = Path.of(System.getProperty("crosspoint.liberty"));
  private static final Path OUTPUT = Path.of(System.getProperty("crosspoint.e2e.output"));
  private static final String NAME = "crosspoint";
  private static final List<String> DIRECTORIES = List.of("NOW", "BEFORE", "FIXED");

  /** What a migration leaves that the application does not know. */
  private static final String LATER_SCHEMA =
      """
      CREATE TABLE of_a_later_version (id varchar(64) PRIMARY KEY);
      ALTER TABLE call ADD COLUMN of_a_later_version varchar(64);
      INSERT INTO flyway_schema_history
      SELECT max(installed_rank) + 1, '9999', 'of a later version', 'SQL',
             'V9999__of_a_later_version.sql', 1, 'postgres', now(), 1, true
      FROM flyway_schema_history;
      """;

  @Test
  void every_command_does_what_the_runbook_says() throws Exception {
    try (EmbeddedDatabase postgres = EmbeddedDatabase.temporary()) {
      try (RunningServer server =
          RunningServer.launch("runbook", postgres.database(NAME), Map.of()).ready()) {
        Map<String, String> shell = shell(server);
        try {
          Runbook runbook = Runbook.open(OUTPUT.resolve("runbook.txt"));
          media(runbook, server, shell);
          application(runbook, server, shell);
          stage(runbook, server, stageOf(shell, postgres.database("stage")));
          again(runbook, server, shell);
          assertThat(runbook.next()).isEmpty();
        } finally {
          stopWhatTheRunbookStarted(shell);
        }
      }
    }
  }

  /** Watching, emptying the SFU, and turning it off. */
  private static void media(Runbook runbook, RunningServer server, Map<String, String> shell)
      throws Exception {
    Talk talk = Talk.start(server);
    talk.everybodyGetsReady();
    talk.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");

    assertThat(runbook.attempt(withoutRights(server, shell))).isEqualTo(REFUSED);
    String seen = runbook.run("1. Watch the impact", shell);
    assertThat(seen)
        .contains("\"limit\": \"NONE\"", "\"newcomersLetIn\": true", "\"committed\": 1")
        .contains("crosspoint_sfu_calls", "\"name\":\"ready\"", "\"name\":\"live\"");

    runbook.run("2. Empty the SFU gently: DRAIN", shell);
    assertThat(flag(server, shell)).isEqualTo("DRAIN");
    assertThat(server.metric("crosspoint_sfu_calls")).isEqualTo(1);

    runbook.run("3. Turn the SFU off at once: OFF", shell);
    assertThat(flag(server, shell)).isEqualTo("OFF");
    talk.everybodyGetsReady();
    String gone = runbook.run("4. See that no call uses the SFU any more", shell);
    assertThat(gone).contains("0 calls over the SFU");
    talk.record().awaitSummary("SFU DIRECT POLICY_CHANGED COMPLETED");
    talk.everybodyGoes();
  }

  /** The application of before, on a schema that a later one has extended. */
  private static void application(Runbook runbook, RunningServer server, Map<String, String> shell)
      throws Exception {
    try (Connection database = server.database();
        Statement statement = database.createStatement()) {
      statement.execute(LATER_SCHEMA);
    }
    assertThat(server.process().isAlive()).isTrue();

    String told = runbook.run("5. Roll back the application", shell);

    assertThat(told).contains("\"draining\":false").contains("\"status\":\"UP\"");
    assertThat(server.process().isAlive()).isFalse();
    assertThat(flag(server, shell)).isEqualTo("OFF");
  }

  /** A server with a database of its own: its flag is its own as well. */
  private static void stage(Runbook runbook, RunningServer server, Map<String, String> stage)
      throws Exception {
    String told = runbook.run("6. Stage the repaired version", stage);

    assertThat(told).containsPattern("crosspoint_sfu_flag\\{.*setting=\"on\".*} 1\\.0");
    assertThat(server.metrics("crosspoint_sfu_flag{"))
        .anySatisfy((name, value) -> {
          assertThat(name).contains("setting=\"off\"");
          assertThat(value).isEqualTo(1);
        });
  }

  /** People who talked directly meanwhile go over to the SFU. */
  private static void again(Runbook runbook, RunningServer server, Map<String, String> shell)
      throws Exception {
    Talk talk = Talk.start(server);

    runbook.run("7. Turn the SFU on again", shell);
    assertThat(flag(server, shell)).isEqualTo("ON");
    talk.everybodyGetsReady();
    talk.record().awaitSummary("DIRECT SFU POLICY_CHANGED COMPLETED");
    talk.everybodyGoes();
  }

  /** A call of three. */
  private record Talk(TestCall call, List<Person> people) {
    static Talk start(RunningServer server) throws Exception {
      TestCall call = TestCall.create(server);
      return new Talk(
          call, List.of(call.joinSilent("Ann"), call.joinSilent("Bob"), call.joinSilent("Cid")));
    }

    void everybodyGetsReady() {
      people.forEach(Person::getReady);
    }

    CallRecord record() throws Exception {
      return CallRecord.of(call.server(), call.callId());
    }

    void everybodyGoes() {
      people.forEach(Person::leave);
      people.forEach(Person::close);
    }
  }

  private static String flag(RunningServer server, Map<String, String> shell) throws Exception {
    return RestClient.of(server)
        .as(shell.getOrDefault("TOKEN", ""))
        .get("admin/sfu-flag")
        .value("flag");
  }

  /** What the runbook asks an operator to have in the environment. */
  private static Map<String, String> shell(RunningServer server) throws Exception {
    Map<String, String> shell = new HashMap<>(server.settings());
    shell.put("JAVA_HOME", System.getProperty("java.home"));
    shell.put("SERVER", server.http().resolve("/").toString().replaceFirst("/$", ""));
    shell.put("TOKEN", TestCall.administrator(server));
    shell.put("LIBERTY", LIBERTY.toString());
    shell.put("NOW", server.settings().getOrDefault("WLP_USER_DIR", ""));
    shell.put("BEFORE", directories("runbook-before"));
    shell.put("FIXED", directories("runbook-fixed"));
    return shell;
  }

  private static String directories(String name) throws Exception {
    return ServerCopy.make(LIBERTY, NAME, OUTPUT.resolve(name)).toString();
  }

  private static Map<String, String> withoutRights(RunningServer server, Map<String, String> shell)
      throws Exception {
    Map<String, String> guest = new HashMap<>(shell);
    guest.put("TOKEN", TestCall.guest(server, "Guest"));
    return guest;
  }

  private static Map<String, String> stageOf(Map<String, String> shell, DatabaseAddress database)
      throws Exception {
    String port = String.valueOf(RunningServer.freePort());
    Map<String, String> stage = new HashMap<>(shell);
    stage.putAll(database.settings());
    stage.put("CROSSPOINT_HTTP_PORT", port);
    stage.put("CROSSPOINT_HTTPS_PORT", String.valueOf(RunningServer.freePort()));
    stage.put("SERVER", "http://localhost:" + port);
    return stage;
  }

  private static void stopWhatTheRunbookStarted(Map<String, String> shell) throws Exception {
    for (String directory : DIRECTORIES) {
      ProcessBuilder stop =
          new ProcessBuilder(LIBERTY.resolve("bin/server").toString(), "stop", NAME).inheritIO();
      stop.environment().putAll(shell);
      stop.environment().put("WLP_USER_DIR", shell.getOrDefault(directory, ""));
      stop.start().waitFor(); // 1 or 2 where none runs
    }
  }
}
