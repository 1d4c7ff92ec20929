package dev.crosspoint.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.crosspoint.e2e.net.Machine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Real browsers, each launched when first asked for. Use on one thread only, as Playwright wants
 * it.
 */
public final class Browsers implements AutoCloseable {
  /** What Firefox says of the questions of tests, whose policy cannot be set aside there. */
  private static final List<String> QUESTION_REFUSED =
      List.of("blocked a JavaScript eval", "call to eval() blocked by CSP");

  private final SoundServer sound = SoundServer.start();
  private final Playwright playwright;
  private final Map<Seat, Browser> launched = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** What one browser serves: people at a machine with a kind of browser. */
  private record Seat(Machine machine, BrowserKind kind) {}

  public Browsers() {
    this.playwright = Playwright.create(new Playwright.CreateOptions().setEnv(driverEnvironment()));
  }

  /**
   * A page of a person with own cookies and storage, who accepts self-signed certificates. What it
   * writes to its console as an error is kept for {@link #complaints}.
   */
  public Page person(BrowserKind kind, String name) {
    return page(
        new Seat(Machine.LOCAL, kind),
        name,
        new NewContextOptions().setIgnoreHTTPSErrors(true),
        List.of());
  }

  /**
   * The same, with a page that tests may question by expressions, which the page's own security
   * policy forbids.
   */
  public Page observedPerson(BrowserKind kind, String name) {
    return observedPerson(kind, name, Machine.LOCAL);
  }

  /** The same, at a machine of its own. */
  public Page observedPerson(BrowserKind kind, String name, Machine machine) {
    return page(
        new Seat(machine, kind),
        name,
        new NewContextOptions().setIgnoreHTTPSErrors(true).setBypassCSP(true),
        QUESTION_REFUSED);
  }

  private Page page(
      Seat seat, String name, NewContextOptions options, List<String> expectedComplaints) {
    BrowserContext context =
        launched
            .computeIfAbsent(
                seat, at -> at.kind().launch(playwright, sound.environment(), at.machine()))
            .newContext(options);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complain(name, message.text(), expectedComplaints);
      }
    });
    page.onPageError(error -> complain(name, error, expectedComplaints));
    return page;
  }

  private void complain(String name, String complaint, List<String> expected) {
    if (expected.stream().noneMatch(complaint::contains)) {
      complaints.add(name + ": " + complaint);
    }
  }

  /** Errors that pages wrote to their consoles or threw, each with the person's name. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    playwright.close();
    sound.close();
  }

  private static Map<String, String> driverEnvironment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_NODEJS_PATH", node().toString());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    return environment;
  }

  private static Path node() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "node"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("node is not on the PATH"));
  }
}
