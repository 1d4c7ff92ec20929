package dev.crosspoint.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import dev.crosspoint.e2e.net.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Somebody at a browser, whose camera shows who they are and counts its frames. */
public final class Person {
  /**
   * Nothing is measured by it: long enough for a move that failed for want of processors and was
   * begun again.
   */
  private static final double PATIENCE_MS = 90_000;

  /** In Hz, as the microphone has them. */
  private static final int LOWEST_PITCH = 313;

  private static final int PITCH_STEP = 100;

  private final String name;
  private final int number;
  private final Supplier<Page> tab;
  private Page page;

  /**
   * @param number 1 to 7, drawn into the camera's pictures
   */
  public Person(Browsers browsers, BrowserKind kind, String name, int number) {
    this(browsers, kind, name, number, Machine.LOCAL);
  }

  /** The same, at a machine of their own. */
  public Person(Browsers browsers, BrowserKind kind, String name, int number, Machine machine) {
    this.name = name;
    this.number = number;
    tab = () -> opened(browsers.observedPerson(kind, name, machine), number);
    page = tab.get();
  }

  private static Page opened(Page page, int number) {
    page.addInitScript(script("camera.js").replace("__PERSON__", String.valueOf(number)));
    page.addInitScript(script("witness.js"));
    return page;
  }

  /**
   * Their camera takes so many pictures a second from the next page on, and not the few of most
   * tests.
   */
  public Person filming(int framesPerSecond) {
    page.addInitScript("window.cameraFramesPerSecond = " + framesPerSecond);
    return this;
  }

  public String name() {
    return name;
  }

  public Page page() {
    return page;
  }

  /** Starts a call and gives its link. */
  public String startCall(URI server, String callName) {
    page.navigate(server.toString());
    page.getByLabel("Name of the call").fill(callName);
    goIn("Start the call");
    return page.url();
  }

  public void join(String link) {
    approach(link);
    enter();
  }

  /** Opens the link, and goes no further before {@link #enter}. */
  void approach(String link) {
    page.navigate(link);
  }

  /** Joins the call whose link is open. */
  void enter() {
    goIn("Join the call");
  }

  /** Joins a call, but a kind of message does not get from the page to the server. */
  void joinWithholding(String link, String type) {
    approach(link);
    withhold(type);
    enter();
  }

  /** From now on a kind of message does not get from the page to the server. */
  void withhold(String type) {
    page.evaluate("type => window.witness.withhold(type)", type);
  }

  /** What the page says gets to the server again, also what was withheld. */
  void speak() {
    ask("window.witness.speak()");
  }

  /** Reloads the page in the midst of a call and joins again. */
  void reload() {
    page.reload();
    enter();
  }

  private void goIn(String button) {
    page.getByLabel("Your name").fill(name);
    press(button);
    page.waitForURL("**/c/*");
    await("window.crosspoint.describe()?.self !== undefined");
  }

  /** Waits until a path to the media server is ready, should the call need it. */
  public void awaitStandby() {
    await("window.crosspoint.describe().standby !== undefined");
  }

  public void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  /** Presses a button that is there for a moment only, as soon as it is. */
  void pressAsSoonAs(String button) {
    await(
        """
        [...document.querySelectorAll('button')].some(
          button => button.textContent === '%s' && button.checkVisibility() && (button.click(), true))
        """
            .formatted(button));
  }

  /**
   * Waits until the call is carried as wanted and nothing of another topology is left at this
   * client.
   */
  public void awaitMode(String mode) {
    await(
        """
        (() => {
          const call = window.crosspoint.describe();
          return call.mode === '%s' && call.paths.length > 0
            && call.paths.every(path => path.kind === '%s' && path.state === 'CONNECTED');
        })()
        """
            .formatted(mode, mode));
  }

  /** Waits until new pictures of the other are seen, and their voice is heard, from now on. */
  public void awaitSeesAndHears(Person other) {
    awaitSeesAndHears(other.name, other.number);
  }

  /** The same of somebody without a browser, whose camera shows a number too. */
  void awaitSeesAndHears(String other, int number) {
    awaitSees(other, number);
    await(
        """
        (() => {
          const call = window.crosspoint.describe();
          const other = call.participants.find(p => p.displayName === '%s');
          return call.stages.some(stage => stage.kind === 'audio'
            && stage.participantId === other?.participantId && stage.level > 0.02);
        })()
        """
            .formatted(other));
  }

  /**
   * What became of a voice on one of the paths on which it was sent, when its person muted.
   *
   * @param sounded whether it was heard there before
   * @param offMs from the press of the button until its track was off, in milliseconds; negative
   *     when it is still on
   * @param soundMs until the last of its sound went into the connection, in milliseconds
   */
  record Muted(boolean sounded, double offMs, double soundMs) {
    private static Muted of(Object answer) {
      return answer instanceof Map<?, ?> map
              && map.get("sounded") instanceof Boolean sounded
              && map.get("offMs") instanceof Number off
              && map.get("soundMs") instanceof Number sound
          ? new Muted(sounded, off.doubleValue(), sound.doubleValue())
          : new Muted(false, -1, 0);
    }
  }

  /** Presses the button that mutes, and watches what becomes of the voice on every path. */
  List<Muted> mute() {
    return ((List<?>) ask("window.witness.mute()")).stream().map(Muted::of).toList();
  }

  /** Says something, from now on and without an end. */
  void talk() {
    ask("window.camera.talk()");
  }

  /** Waits until the other's tile, and no other, is marked as that of the speaker. */
  void awaitSpeaker(Person other) {
    await(
        """
        (() => {
          const marked = [...document.querySelectorAll('.tile:has(.tile-speaker:not([hidden]))')];
          return marked.length === 1 && marked[0].dataset.name === '%s';
        })()
        """
            .formatted(other.name));
  }

  /** Waits until a tile has an avatar in place of the picture, because others' are sent. */
  void awaitPictureWithheldOf(Person other) {
    await(
        "document.querySelector('.tile[data-name=\"%s\"][data-withheld]') !== null"
            .formatted(other.name));
  }

  /** Waits until each sees and hears each other. */
  static void everybodySeesAndHears(Person... people) {
    for (Person person : people) {
      for (Person other : people) {
        if (person != other) {
          person.awaitSeesAndHears(other);
        }
      }
    }
  }

  /** Waits until 15 new pictures with the number are seen on a tile. */
  void awaitSees(String tile, int number) {
    double now = ((Number) ask("performance.now()")).doubleValue();
    await(
        "(window.seen['%s'] ?? []).filter(frame => frame.at > %f && frame.person === %d).length > 15"
            .formatted(tile, now, number));
  }

  /** How bright the light parts of another person's latest pictures are, 0 to 255. */
  double brightnessOf(Person other) {
    return ((Number)
            page.evaluate(
                "([tile]) => { const last = window.seen[tile].slice(-10).map(f => f.brightness);"
                    + " return last.reduce((a, b) => a + b, 0) / last.length; }",
                List.of(other.name)))
        .doubleValue();
  }

  void awaitSeesScreenOf(Person other) {
    awaitSees(other.name + " screen", other.number + 8);
  }

  /** Picks another camera from the list, as for one that was plugged in. */
  void chooseCamera(String label) {
    press("Devices");
    page.getByLabel("Camera", new Page.GetByLabelOptions().setExact(true))
        .selectOption(new SelectOption().setLabel(label));
  }

  /** The same with a microphone. */
  void chooseMicrophone(String label) {
    press("Devices");
    page.getByLabel("Microphone", new Page.GetByLabelOptions().setExact(true))
        .selectOption(new SelectOption().setLabel(label));
  }

  /** Waits until so many paths bring a voice, and each of them that of another's second device. */
  void awaitHearsOtherMicrophoneOf(Person other, int paths) {
    await(
        """
        (() => {
          const pitches = window.witness.pitches();
          return pitches.length === %d && pitches.every(pitch => Math.abs(pitch - %d) < 20);
        })()
        """
            .formatted(paths, LOWEST_PITCH + PITCH_STEP * (other.number + 4)));
  }

  void awaitSeesOtherCameraOf(Person other) {
    awaitSees(other.name, other.number + 4);
  }

  /**
   * Waits for a condition on the page, and says what the page knew of the call when it never comes.
   */
  void await(String condition) {
    try {
      page.waitForFunction(
          condition,
          null,
          new WaitForFunctionOptions().setTimeout(PATIENCE_MS).setPollingInterval(100));
    } catch (TimeoutError e) {
      Object call = ask("JSON.stringify(window.crosspoint?.describe())");
      throw new AssertionError(
          "%s waited for %s; there was %s".formatted(name, condition.strip(), call), e);
    }
  }

  /** Waits until the call is hybrid and every path of it is up. */
  void awaitHybrid() {
    await(
        """
        (() => {
          const call = window.crosspoint.describe();
          return call.mode === 'HYBRID' && call.transition === undefined
            && call.paths.every(path => path.state === 'CONNECTED');
        })()
        """);
  }

  void awaitTransitionPhase(String phase) {
    await("window.crosspoint.describe().transition?.phase === '%s'".formatted(phase));
  }

  /** Waits until the page shows what changes in the call, and how far that is. */
  void awaitProgress(String text, String step) {
    await(
        """
        (() => {
          const shown = document.querySelector('.status-step');
          return document.querySelector('.status-text').textContent === '%s'
            && shown.checkVisibility() && shown.getAttribute('aria-label') === '%s';
        })()
        """
            .formatted(text, step));
  }

  /** Waits until the page says where in the queue its person is. */
  void awaitPlace(String sentence) {
    await(
        """
        (() => {
          const queue = document.querySelector('.queue');
          return queue.checkVisibility() && queue.textContent.startsWith('%s');
        })()
        """
            .formatted(sentence));
  }

  /** Cuts the line to the server, as a proxy does that is restarted. */
  void cutSignaling() {
    ask("window.witness.cut()");
  }

  /** Waits until the page has told its person this, in whichever words are around it. */
  void awaitTold(String sentence) {
    await("window.witness.told.some(text => text.includes('%s'))".formatted(sentence));
  }

  public Object ask(String expression) {
    return page.evaluate(expression);
  }

  void photograph(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  public void leave() {
    press("Leave the call");
  }

  /** The page is gone, with whatever it had open. */
  void closeTab() {
    page.close();
  }

  /** An empty page, a new one if there is none. */
  void goAway() {
    if (page.isClosed()) {
      page = tab.get();
    }
    page.navigate("about:blank");
  }

  private static String script(String name) {
    try (InputStream script = Person.class.getResourceAsStream("/e2e/" + name)) {
      if (script == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
