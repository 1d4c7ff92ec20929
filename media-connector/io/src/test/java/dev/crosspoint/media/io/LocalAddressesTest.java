package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.EngineConfig;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {

  @Test
  void thereIsAlwaysAnAddressToAnnounceAndItIsUsableElsewhere() {
    assertThat(LocalAddresses.reachable())
        .isNotEmpty()
        .noneMatch(InetAddress::isAnyLocalAddress)
        .noneMatch(InetAddress::isLinkLocalAddress);
  }

  @Test
  void candidatesComeInTheOrderOfTheAddresses() {
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));

    assertThat(HostCandidate.of(addresses, 40_000))
        .extracting(HostCandidate::priority)
        .containsExactly(2_130_706_431L, 2_130_706_175L);
  }

  @Test
  void aSettingThatMakesNoSenseIsNamed() {
    InetAddress local = InetAddress.getLoopbackAddress();
    assertSettingNamed("basePort", local, 65_535, 2);
    assertSettingNamed("loops", local, 0, 0);
    assertSettingNamed("announcedAddresses", InetAddress.ofLiteral("0.0.0.0"), 0, 1);
  }

  private static void assertSettingNamed(
      String setting, InetAddress announced, int basePort, int loops) {
    assertThatThrownBy(() ->
            new MediaServerSettings(
                InetAddress.getLoopbackAddress(),
                List.of(announced),
                basePort,
                loops,
                EngineConfig.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(setting);
  }
}
