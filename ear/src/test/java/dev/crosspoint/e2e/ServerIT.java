package dev.crosspoint.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(OneServer.class)
class ServerIT {
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(40_000);

  @ParameterizedTest
  @EnumSource
  void a_page_may_use_camera_and_microphone_over_http_on_this_machine_and_over_https(
      BrowserKind kind, RunningServer server) {
    try (Browsers browsers = new Browsers()) {
      Page person = browsers.person(kind, "Ada");
      assertThat(person.navigate(server.http().toString()).status()).isEqualTo(200);
      assertThat(tracks(person)).isEqualTo("audio video");
      assertThat(person.navigate(server.https().toString()).status()).isEqualTo(200);
      assertThat(tracks(person)).isEqualTo("audio video");
    }
  }

  @ParameterizedTest
  @EnumSource
  void two_people_meet_under_the_security_policy_of_the_pages_and_nothing_complains(
      BrowserKind kind, RunningServer server) {
    try (Browsers browsers = new Browsers()) {
      Page ada = browsers.person(kind, "Ada");
      ada.navigate(server.http().toString());
      goIn(ada, "Ada", "Start the call");
      ada.waitForURL("**/c/*");
      Page ben = browsers.person(kind, "Ben");
      ben.navigate(ada.url());
      goIn(ben, "Ben", "Join the call");
      assertThat(ada.locator(".tile[data-name='Ben'][data-picture] video.shown"))
          .isVisible(PATIENTLY);
      assertThat(ben.locator(".tile[data-name='Ada'][data-picture] video.shown"))
          .isVisible(PATIENTLY);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  private static void goIn(Page page, String name, String button) {
    page.getByLabel("Your name").fill(name);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  @Test
  void health_and_metrics_answer(RunningServer server) throws Exception {
    assertThat(get(server, "health/started")).contains("UP");
    assertThat(get(server, "health/live")).contains("UP");
    assertThat(get(server, "health/ready")).contains("UP");
    assertThat(get(server, "metrics"))
        .contains("crosspoint_calls{mode=\"direct\"")
        .contains("crosspoint_participants")
        .contains("crosspoint_media_dropped_total")
        .contains("crosspoint_media_loop_busy{loop=\"0\"")
        .containsPattern("crosspoint_media_transit_seconds\\{loop=\"0\",[^}]*quantile=\"0.999\"")
        .containsPattern("crosspoint_transition_duration_seconds_bucket\\{.*le=\"3.0\"");
  }

  @Test
  void of_the_servers_own_metrics_only_the_costly_ones_are_missing(RunningServer server)
      throws Exception {
    assertThat(get(server, "metrics"))
        .contains("threadpool_size")
        .contains("servlet_request_total")
        .contains("http_server_request_duration_seconds")
        .contains("memory_usedHeap_bytes")
        .doesNotContain("connectionpool_");
  }

  @Test
  void collectors_of_garbage_and_compilers_let_media_loops_go_first(RunningServer server)
      throws Exception {
    List<KernelThread> threads = KernelThread.of(ServerJvm.of(server).pid());
    int loops = Collections.max(KernelThread.niceness(threads, "media-loop-"));
    for (String others : List.of("ZDriver", "ZWorker", "C1 Compiler", "C2 Compiler")) {
      assertThat(KernelThread.niceness(threads, others))
          .as(others)
          .isNotEmpty()
          .allMatch(niceness -> niceness > loops);
    }
  }

  private static Object tracks(Page page) {
    return page.evaluate(
        "async () => (await navigator.mediaDevices.getUserMedia({audio: true, video: true}))"
            + ".getTracks().map(track => track.kind).sort().join(' ')");
  }

  private static String get(RunningServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(server.http().resolve(path)).build();
      var response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    }
  }
}
