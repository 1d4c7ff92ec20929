package dev.crosspoint.media.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.io.LocalAddresses;
import dev.crosspoint.media.io.MediaServerSettings;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AdapterSettingsTest {

  @Test
  void blankPropertiesMeanAGoodGuess() {
    MediaServerSettings settings = AdapterSettings.parse("", " ", 40_000, 0, true);

    assertThat(settings.bindAddress().isAnyLocalAddress()).isTrue();
    assertThat(settings.announcedAddresses()).isEqualTo(LocalAddresses.reachable());
    assertThat(settings.loops()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void aBoundAddressIsTheOneToAnnounce() {
    assertThat(AdapterSettings.parse("127.0.0.1", "", 0, 1, true).announcedAddresses())
        .containsExactly(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void severalAddressesOfBothFamiliesCanBeAnnounced() {
    assertThat(AdapterSettings.parse("", "192.0.2.1, 2001:db8::1", 0, 1, true).announcedAddresses())
        .containsExactly(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));
  }

  @Test
  void tcpCanBeSwitchedOff() {
    assertThat(AdapterSettings.parse("", "", 40_000, 1, true).tcp()).isPresent();
    assertThat(AdapterSettings.parse("", "", 40_000, 1, false).tcp()).isEmpty();
  }

  @Test
  void propertiesThatMakeNoSenseAreNamed() {
    assertThatThrownBy(() -> AdapterSettings.parse("not an address", "", 0, 1, true))
        .hasMessageStartingWith("bindAddress");
    assertThatThrownBy(() -> AdapterSettings.parse("", "not an address", 0, 1, true))
        .hasMessageStartingWith("announcedAddresses");
    assertThatThrownBy(() -> AdapterSettings.parse("", "", 0, -1, true))
        .hasMessageStartingWith("loops");
    assertThatThrownBy(() -> AdapterSettings.videoCodec("OPUS"))
        .hasMessageStartingWith("videoCodec");
    assertThatThrownBy(() -> AdapterSettings.videoCodec("")).hasMessageStartingWith("videoCodec");
  }

  @Test
  void theVideoCodecThatClientsShallSendHasAName() {
    assertThat(AdapterSettings.videoCodec("AV1")).isEqualTo(CodecName.AV1);
  }
}
