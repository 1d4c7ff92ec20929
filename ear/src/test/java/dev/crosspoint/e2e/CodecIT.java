package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every video codec that the SFU can be told to prefer, from a browser's encoder to other browsers'
 * decoders. The default, VP8, is what all other tests use.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CodecIT {
  private static final String DEPENDENCY_DESCRIPTOR = "dependency-descriptor";

  /** Remembers every connection of the page. */
  static final String REMEMBER_CONNECTIONS =
      """
      window.connections = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...details) {
          super(...details);
          window.connections.push(this);
        }
      };
      """;

  /** Codec of each stream of pictures that flows between now and a second later. */
  private static final String FLOWING =
      """
      async (direction) => {
        const frames = (each) => each.framesDecoded ?? each.framesEncoded ?? 0;
        const look = async () => {
          const reports = await Promise.all(window.connections.map((each) => each.getStats()));
          return new Map(reports.flatMap((stats, index) => [...stats.values()]
            .filter((each) => each.type === direction && each.kind === 'video')
            .map((each) => [index + each.id, { frames: frames(each), codec: stats.get(each.codecId)?.mimeType }])));
        };
        const before = await look();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return [...await look()]
          .filter(([id, each]) => each.frames > (before.get(id)?.frames ?? 0))
          .map(([, each]) => each.codec);
      }
      """;

  /** Of everything that sends or receives pictures. */
  private static final String HEADER_EXTENSIONS =
      """
      () => window.connections.filter((each) => each.connectionState === 'connected')
        .flatMap((each) => each.getTransceivers())
        .map((each) => ({ sendonly: each.sender, recvonly: each.receiver })[each.currentDirection])
        .filter((each) => each?.track?.kind === 'video')
        .map((each) => each.getParameters().headerExtensions.map(({ uri }) => uri).join(' '))
      """;

  @ParameterizedTest
  @ValueSource(strings = {"VP9", "H264", "AV1"})
  void three_people_see_each_other_in_the_codec_that_is_preferred(String codec) throws Exception {
    try (RunningServer server =
            RunningServer.startBeside("codec", Map.of("CROSSPOINT_MEDIA_VIDEO_CODEC", codec));
        Browsers browsers = new Browsers()) {
      List<Person> people =
          List.of(
              new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1),
              new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2),
              new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3));
      people.forEach(person -> person.page().addInitScript(REMEMBER_CONNECTIONS));

      String link = people.getFirst().startCall(server.http(), codec);
      people.stream().skip(1).forEach(person -> person.join(link));
      people.forEach(person -> person.awaitMode("SFU"));
      Person.everybodySeesAndHears(people.toArray(Person[]::new));

      String mimeType = "video/" + codec;
      for (Person person : people) {
        assertThat(flowing(person, "inbound-rtp"))
            .as("received by %s", person.name())
            .containsExactly(mimeType, mimeType);
        assertThat(flowing(person, "outbound-rtp"))
            .as("sent by %s", person.name())
            .containsExactly(mimeType);
        if (!codec.equals("VP9")) {
          assertThat(strings(person.page().evaluate(HEADER_EXTENSIONS)))
              .hasSizeGreaterThanOrEqualTo(3)
              .allMatch(extensions -> extensions.contains(DEPENDENCY_DESCRIPTOR));
        }
      }
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static List<String> flowing(Person person, String direction) {
    return strings(person.page().evaluate(FLOWING, direction));
  }

  private static List<String> strings(Object answer) {
    return ((List<?>) answer).stream().map(String::valueOf).toList();
  }
}
