package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data channels of real browsers over the SFU. */
@ExtendWith(OneServer.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DataChannelIT {
  /** Gives the page names for its data channels, and keeps what it hears. */
  private static final String LISTEN =
      """
      (() => {
        const { path } = window.crosspoint.call.paths.all.find(({ path }) => path.kind === 'SFU');
        window.data = path.data;
        window.heard = [];
        window.channels = [];
        const shown = data => typeof data === 'string' ? data : data.byteLength ?? data.size;
        path.data.events.on('message', ({ label, data }) => window.heard.push(label + ' ' + shown(data)));
        path.data.events.on('opened', ({ label }) => window.channels.push(label + ' opened'));
        path.data.events.on('closed', ({ label }) => window.channels.push(label + ' closed'));
      })()
      """;

  @ParameterizedTest
  @EnumSource
  void what_one_sends_on_a_data_channel_everybody_else_receives(
      BrowserKind thirdBrowser, RunningServer server) {
    try (Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, thirdBrowser, "Cid", 3);
      String link = ann.startCall(server.http(), "Data");
      bob.join(link);
      cid.join(link);
      List<Person> all = List.of(ann, bob, cid);
      all.forEach(person -> person.awaitMode("SFU"));
      all.forEach(person -> person.ask(LISTEN));

      open(ann, "{ label: 'chat' }");
      open(cid, "{ label: 'state', ordered: false, maxRetransmits: 2 }");
      List.of(bob, cid).forEach(person -> awaitChannel(person, "chat opened"));
      List.of(ann, bob).forEach(person -> awaitChannel(person, "state opened"));

      ann.ask("for (let i = 0; i < 200; i++) { window.channel.send('message ' + i); }");
      ann.ask("window.channel.send(new Uint8Array(200_000))");
      cid.ask("for (let i = 0; i < 20; i++) { window.channel.send('tick ' + i); }");

      List.of(bob, cid).forEach(person -> person.await(heard("chat 200000")));
      List.of(ann, bob).forEach(person -> person.await(heard("state tick 19")));
      for (Person person : List.of(bob, cid)) {
        assertThat(heardOn(person, "chat"))
            .hasSize(201)
            .startsWith("chat message 0", "chat message 1")
            .endsWith("chat message 199", "chat 200000");
      }
      assertThat(heardOn(ann, "chat")).as("nobody hears themselves").isEmpty();

      ann.ask("window.channel.close()");
      List.of(bob, cid).forEach(person -> awaitChannel(person, "chat closed"));
      cid.leave();
      bob.await("window.channels.includes('state closed')");
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static void open(Person person, String options) {
    person.ask("window.data.open(" + options + ").then(channel => { window.channel = channel; })");
    person.await("window.channel?.readyState === 'open'");
  }

  private static void awaitChannel(Person person, String change) {
    person.await("window.channels.includes('" + change + "')");
  }

  private static String heard(String message) {
    return "window.heard.includes('" + message + "')";
  }

  private static List<String> heardOn(Person person, String label) {
    List<?> heard =
        (List<?>)
            person.ask("window.heard.filter(message => message.startsWith('" + label + " '))");
    return heard.stream().map(String::valueOf).toList();
  }
}
