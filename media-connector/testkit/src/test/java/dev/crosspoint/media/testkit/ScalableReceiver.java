package dev.crosspoint.media.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody can decode of a {@link ScalableSender}'s stream: frames of which all packets came,
 * and all frames that they refer to.
 */
final class ScalableReceiver {
  static final int NOTHING = -1;

  private final SimulatedClient client;
  private final int ssrc;
  private final ScalableSender sender;

  ScalableReceiver(SimulatedClient client, int ssrc, ScalableSender sender) {
    this.client = client;
    this.ssrc = ssrc;
    this.sender = sender;
  }

  /**
   * Frames that were forwarded though something that they refer to was not. What came late to the
   * server does not count: where it stands in the stream, something may have been left out by then.
   */
  List<ScalableFrame> orphans() {
    Map<Integer, Integer> packets = packetsByFrame();
    return received().stream()
        .filter(frame -> !sender.isLate(frame))
        .filter(frame -> !packets.keySet().containsAll(frame.references()))
        .toList();
  }

  /** Frames of which something was forwarded. */
  List<ScalableFrame> received() {
    return packetsByFrame().keySet().stream()
        .sorted()
        .map(number -> sender.frames().get(number))
        .toList();
  }

  /** The highest spatial layer that can be decoded of each picture, or {@link #NOTHING}. */
  List<Integer> shown() {
    Map<Integer, Integer> packets = packetsByFrame();
    Set<Integer> decoded = new HashSet<>();
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < sender.pictures(); i++) {
      shown.add(NOTHING);
    }
    for (ScalableFrame frame : sender.frames().values()) {
      boolean complete = packets.getOrDefault(frame.number(), 0) == frame.packets();
      if (complete && decoded.containsAll(frame.references())) {
        decoded.add(frame.number());
        shown.set(frame.picture(), frame.spatial());
      }
    }
    return shown;
  }

  /** What was {@link #shown} of the latest pictures, apart from those that are still on the way. */
  List<Integer> shownLast(int pictures) {
    List<Integer> all = shown();
    int end = all.size() - 3;
    return all.subList(Math.max(0, end - pictures), end);
  }

  /** Whether of each picture the last packet that was forwarded, and no other, says so. */
  boolean endsPictures() {
    Map<Integer, ReceivedPacket> last = new HashMap<>();
    int marked = 0;
    for (ReceivedPacket packet : client.packets(ssrc)) {
      last.merge(packet.timestamp(), packet, ScalableReceiver::later);
      marked += packet.marker() ? 1 : 0;
    }
    return last.size() == marked && last.values().stream().allMatch(ReceivedPacket::marker);
  }

  private static ReceivedPacket later(ReceivedPacket one, ReceivedPacket other) {
    return (short) (other.sequenceNumber() - one.sequenceNumber()) > 0 ? other : one;
  }

  private Map<Integer, Integer> packetsByFrame() {
    Map<Integer, Integer> packets = new HashMap<>();
    client
        .packets(ssrc)
        .forEach(packet -> packets.merge(ScalableSender.frameOf(packet), 1, Integer::sum));
    return packets;
  }
}
