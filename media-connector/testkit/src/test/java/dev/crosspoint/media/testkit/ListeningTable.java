package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.speaker.Floor;
import dev.crosspoint.media.engine.speaker.FloorListener;
import dev.crosspoint.media.engine.speaker.Speaker;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.speaker.Voice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A floor alone, with people around it whose levels are given. */
final class ListeningTable implements FloorListener {
  private static final int LEVEL_ID = 1;
  private static final int VOICE = 0x80;

  final List<Change> changes = new ArrayList<>();
  private final Floor floor;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final RtpPacket packet = new RtpPacket();
  private int step;
  private long wakeNs = Long.MAX_VALUE;

  /**
   * Who had the floor from then on.
   *
   * @param name empty for nobody
   */
  record Change(int atMs, String name) {}

  private record Seat(Speaker speaker, Voice voice, Sound sound, boolean tellsVoice) {}

  ListeningTable(SpeakerPolicy policy) {
    floor = new Floor(policy, this, timeNs -> wakeNs = Math.min(wakeNs, timeNs));
  }

  ListeningTable() {
    this(SpeakerPolicy.UNLIMITED);
  }

  ListeningTable with(String name, Sound sound) {
    return with(name, sound, true);
  }

  /**
   * @param tellsVoice whether the packets say that they hold speech
   */
  ListeningTable with(String name, Sound sound, boolean tellsVoice) {
    Speaker speaker = floor.enter();
    seats.put(name, new Seat(speaker, floor.voice(speaker, name, LEVEL_ID), sound, tellsVoice));
    return this;
  }

  /** Lets everybody's sound go on for some time. */
  ListeningTable listen(Duration duration) {
    int end = step + (int) duration.toMillis() / Sound.STEP_MS;
    while (step < end) {
      long nowNs = nowMs() * 1_000_000L;
      seats.values().forEach(seat -> hear(seat, nowNs));
      if (wakeNs <= nowNs) {
        wakeNs = Long.MAX_VALUE;
        floor.onTimeout(nowNs);
      }
      step++;
    }
    return this;
  }

  private void hear(Seat seat, long nowNs) {
    int level = seat.sound().at(step) | (seat.tellsVoice() ? VOICE : 0);
    ByteBuffer rtp = ByteBuffer.allocate(20);
    rtp.put(0, (byte) 0x90).putInt(12, 0xBEDE0001);
    rtp.put(16, (byte) (LEVEL_ID << 4)).put(17, (byte) level);
    packet.parseHeader(rtp, rtp.capacity());
    seat.voice().onPacket(packet, nowNs);
  }

  void leave(String name) {
    Optional.ofNullable(seats.remove(name)).ifPresent(seat -> floor.leave(seat.speaker()));
  }

  boolean isHeard(String name) {
    return Optional.ofNullable(seats.get(name)).orElseThrow().voice().isHeard();
  }

  boolean isAsleep() {
    return wakeNs == Long.MAX_VALUE;
  }

  List<String> names() {
    return changes.stream().map(Change::name).toList();
  }

  private int nowMs() {
    return step * Sound.STEP_MS;
  }

  @Override
  public void dominantSpeakerChanged(Optional<String> producerId) {
    changes.add(new Change(nowMs(), producerId.orElse("")));
  }
}
