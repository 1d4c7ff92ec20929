package dev.crosspoint.media.adapter;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.io.LocalAddresses;
import dev.crosspoint.media.io.MediaServerSettings;
import dev.crosspoint.media.io.tcp.TcpLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns the adapter's configuration properties into settings of the media server. */
final class AdapterSettings {

  private AdapterSettings() {}

  /**
   * @throws IllegalArgumentException naming the property that makes no sense
   */
  static MediaServerSettings parse(
      String bindAddress, String announcedAddresses, int basePort, int loops, boolean tcp) {
    InetAddress bind =
        bindAddress.isBlank() ? LocalAddresses.wildcard() : address("bindAddress", bindAddress);
    if (loops < 0) {
      throw new IllegalArgumentException("loops: 0 for one per core, or more, not " + loops);
    }
    return new MediaServerSettings(
        bind,
        announced(announcedAddresses, bind),
        basePort,
        loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
        tcp ? Optional.of(TcpLimits.standard()) : Optional.empty(),
        EngineConfig.standard());
  }

  /**
   * The video codec to be preferred.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  static CodecName videoCodec(String name) {
    return Arrays.stream(CodecName.values())
        .filter(codec -> codec != CodecName.OPUS && codec.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("videoCodec: VP8, VP9, H264 or AV1, not " + name));
  }

  private static List<InetAddress> announced(String addresses, InetAddress bind) {
    if (!addresses.isBlank()) {
      return Arrays.stream(addresses.split(",", -1))
          .map(String::strip)
          .filter(address -> !address.isEmpty())
          .map(address -> address("announcedAddresses", address))
          .toList();
    }
    return bind.isAnyLocalAddress() ? LocalAddresses.reachable() : List.of(bind);
  }

  private static InetAddress address(String property, String text) {
    try {
      return InetAddress.getByName(text.strip());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          property + ": " + text + " is neither an address nor a known host name", e);
    }
  }
}
