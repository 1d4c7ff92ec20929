package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What arrives at all people together: packets, losses, what came late, and for a sample of them
 * how long they took. On the event loop only.
 */
final class Reception implements ClientTransport.MediaSink {
  /** One of so many packets is decrypted. */
  private static final int SAMPLE = 16;

  /** Of whom nothing came for so long, the server has chosen anew. */
  private static final long PAUSE_NS = 500_000_000;

  /** Less than that old is what a sender sends now. */
  private static final long PRESENT_NS = 1_000_000_000 / LoadPlan.PICTURES_PER_SECOND;

  private static final int FIRST_RTCP = 192;
  private static final int LAST_RTCP = 223;
  private static final long LONGEST_NS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final RtpPacket view = new RtpPacket();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(2_048);
  private final Histogram latency = new Histogram(LONGEST_NS, DIGITS);
  private final Histogram untilRead = new Histogram(LONGEST_NS, DIGITS);
  private final Map<SrtpSession, Map<Integer, Stream>> streams = new HashMap<>();
  private long packets;
  private long reordered;
  private long unreadable;
  private long replayed;

  /** One stream at one receiver. */
  private static final class Stream {
    private final SequenceWindow window = new SequenceWindow();
    private long first = -1;
    private long count;
    private long latestNs = Long.MIN_VALUE / 2;

    /** What comes are pictures that had passed before the receiver was to be sent them. */
    private boolean catchesUp;

    void heard(long nowNs) {
      count++;
      catchesUp |= nowNs - latestNs > PAUSE_NS;
      latestNs = nowNs;
    }
  }

  /**
   * @param streams of which anything arrived, at each receiver to which anything did
   * @param packets that arrived
   * @param lost that did not, among those sent in between
   * @param reordered that arrived after a later one
   * @param replayed that had passed before the receiver was to be sent the stream: the beginning of
   *     a stream, or of its next part after a pause, as long as that is older than a picture's time
   * @param unreadable that could not be decrypted, among the sample
   * @param latency from the sender to the receiver's socket, in nanoseconds, of the sample without
   *     what was replayed
   * @param untilRead the same until the tool had read it
   */
  record Figures(
      List<Long> streams,
      long packets,
      long lost,
      long reordered,
      long replayed,
      long unreadable,
      Histogram latency,
      Histogram untilRead) {

    /** Streams that are missing where so many receivers should each be sent so many. */
    long missing(int receivers, long each) {
      long there = streams.stream().mapToLong(alive -> Math.min(alive, each)).sum();
      return receivers * each - there;
    }
  }

  /** Forgets what was counted. */
  void restart() {
    packets = 0;
    reordered = 0;
    replayed = 0;
    unreadable = 0;
    latency.reset();
    untilRead.reset();
    streams
        .values()
        .forEach(of ->
            of.values()
                .forEach(stream -> {
                  stream.first = stream.window.highest() + 1;
                  stream.count = 0;
                }));
  }

  /** What was counted since. */
  Figures figures() {
    long lost =
        streams.values().stream()
            .flatMap(of -> of.values().stream())
            .mapToLong(
                stream -> Math.max(0, stream.window.highest() + 1 - stream.first - stream.count))
            .sum();
    List<Long> alive =
        streams.values().stream()
            .map(of -> of.values().stream().filter(stream -> stream.count > 0).count())
            .toList();
    return new Figures(
        alive, packets, lost, reordered, replayed, unreadable, latency.copy(), untilRead.copy());
  }

  @Override
  public void rtp(ByteBuffer packet, SrtpSession srtp, ArrivalStamp stamp, long nowNs) {
    int type = packet.get(1) & 0xFF;
    if ((type >= FIRST_RTCP && type <= LAST_RTCP) || !view.parseHeader(packet, packet.limit())) {
      return;
    }
    Stream stream =
        streams
            .computeIfAbsent(srtp, _ -> new HashMap<>())
            .computeIfAbsent(view.ssrc(), _ -> new Stream());
    long number = stream.window.extend(view.sequenceNumber());
    if (stream.first < 0) {
      stream.first = number;
    }
    if (number < stream.window.highest()) {
      reordered++;
    }
    stream.window.mark(number);
    stream.heard(nowNs);
    packets++;
    if (number % SAMPLE == 0 || stream.catchesUp) {
      sample(packet, stream, srtp, stamp.arrivedNs(nowNs), nowNs);
    }
  }

  private void sample(
      ByteBuffer packet, Stream stream, SrtpSession srtp, long arrivedNs, long nowNs) {
    int length = packet.limit();
    scratch.clear().put(0, packet, 0, length);
    int plain = srtp.unprotectRtp(scratch, view.headerLength(), length);
    if (plain == SrtpSession.REFUSED) {
      unreadable++;
      return;
    }
    long sentAt = scratch.getLong(view.headerLength() + MediaSource.SENT_AT);
    long took = Math.clamp(nowNs - sentAt, 0, LONGEST_NS);
    stream.catchesUp &= took > PRESENT_NS;
    if (stream.catchesUp) {
      replayed++;
    } else {
      latency.recordValue(Math.clamp(arrivedNs - sentAt, 0, LONGEST_NS));
      untilRead.recordValue(took);
    }
  }
}
