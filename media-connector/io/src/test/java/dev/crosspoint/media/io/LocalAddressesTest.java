package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.EngineConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    assertThat(HostCandidate.of(HostCandidate.Protocol.UDP, addresses, 40_000))
        .extracting(HostCandidate::priority)
        .containsExactly(2_130_706_431L, 2_130_706_175L);
    assertThat(HostCandidate.of(HostCandidate.Protocol.TCP_PASSIVE, addresses, 40_000))
        .extracting(HostCandidate::priority)
        .containsExactly(1_520_435_199L, 1_520_434_943L);
  }

  @Test
  void everyCandidateHasAFoundationOfItsOwnWhateverItsProtocol() {
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("192.0.2.2"));

    assertThat(
            Stream.of(HostCandidate.Protocol.values())
                .flatMap(protocol -> HostCandidate.of(protocol, addresses, 40_000).stream()))
        .extracting(HostCandidate::foundation)
        .doesNotHaveDuplicates()
        .allMatch(foundation -> foundation.matches("[A-Za-z0-9+/]{1,32}"));
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
                Optional.empty(),
                EngineConfig.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(setting);
  }
}
