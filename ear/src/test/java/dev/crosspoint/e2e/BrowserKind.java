package dev.crosspoint.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import dev.crosspoint.e2e.net.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browsers of the tests, as Debian installs them, with made-up cameras and microphones. */
public enum BrowserKind {
  CHROMIUM {
    @Override
    Browser launch(Playwright playwright, Map<String, String> environment, Machine machine) {
      return playwright
          .chromium()
          .launch(
              new LaunchOptions()
                  .setEnv(environment)
                  .setExecutablePath(machine.executable(Path.of("/usr/bin/chromium")))
                  .setArgs(CHROMIUM_ARGUMENTS));
    }
  },
  FIREFOX {
    @Override
    Browser launch(Playwright playwright, Map<String, String> environment, Machine machine) {
      return playwright
          .firefox()
          .launch(
              new LaunchOptions()
                  .setEnv(environment)
                  .setChannel("moz-firefox")
                  .setExecutablePath(machine.executable(Path.of("/usr/bin/firefox-esr")))
                  .setFirefoxUserPrefs(FIREFOX_PREFERENCES));
    }
  };

  private static final List<String> CHROMIUM_ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--use-fake-ui-for-media-stream",
          "--use-fake-device-for-media-stream=fps=30",
          "--autoplay-policy=no-user-gesture-required",
          // Host candidates by address: there is no mDNS responder on a test machine.
          "--disable-features=WebRtcHideLocalIpsWithMdns");

  private static final Map<String, Object> FIREFOX_PREFERENCES =
      Map.of(
          "media.navigator.streams.fake", true,
          "media.navigator.permission.disabled", true,
          "media.peerconnection.ice.obfuscate_host_addresses", false,
          "media.peerconnection.ice.loopback", true,
          "media.autoplay.default", 0);

  /**
   * @param environment with a sound server
   * @param machine where it runs
   */
  abstract Browser launch(Playwright playwright, Map<String, String> environment, Machine machine);
}
