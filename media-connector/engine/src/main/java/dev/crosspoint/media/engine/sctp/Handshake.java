package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.ChunkType;
import dev.crosspoint.media.engine.sctp.packet.InitParameters;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings an association about, from either side or from both at once (RFC 9260, 5.1 and 5.2).
 * Whoever is asked keeps nothing until the cookie comes back.
 */
final class Handshake {
  private static final int MAX_REPEATS = 8;
  private static final long COOKIE_LIFETIME_NS = 60_000_000_000L;
  private static final int LEAST_WINDOW = 1_500;

  /** Bytes of an INIT that are repeated at most, so that the answer fits into any packet. */
  private static final int MAX_REPORTED = 256;

  private static final byte[] EXTENSIONS = {
    (byte) ChunkType.RECONFIG, (byte) ChunkType.FORWARD_TSN
  };

  private final SctpSettings settings;
  private final RandomGenerator random;
  private final StateCookie cookies;
  private final Timer timer = new Timer();
  private @Nullable Step open;
  private RetransmissionTimeout timeout = new RetransmissionTimeout();
  private int repeats;

  /**
   * What this side waits for an answer to.
   *
   * @param agreement what will hold when it comes; of the peer nothing is known after an INIT
   */
  private record Step(Chunk chunk, Agreement agreement) {}

  /** What to do about a cookie. */
  sealed interface Verdict {
    /** It was accepted before, and the peer does not know. */
    record Known() implements Verdict {}

    /** There is an association now. */
    record Accepted(Agreement agreement) implements Verdict {}

    /** There is a new association in place of the one there was. */
    record Restarted(Agreement agreement) implements Verdict {}

    /** It came too late. */
    record Stale(int peerTag) implements Verdict {}

    /** It is not from here, or of another attempt. */
    record Refused() implements Verdict {}
  }

  Handshake(SctpSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.cookies = new StateCookie(random);
  }

  /** The tag of this side's own attempt; 0 when it makes none. */
  int localTag() {
    Step step = open;
    return step == null ? 0 : step.agreement().localTag();
  }

  /** What the peer has offered in answer to this side's own attempt, if it has. */
  Optional<Agreement> offered() {
    return Optional.ofNullable(open)
        .filter(step -> step.chunk() instanceof Chunk.CookieEcho)
        .map(Step::agreement);
  }

  /** Asks the peer. */
  void begin(Outbox out, long nowNs) {
    int tag = tag();
    int tsn = random.nextInt();
    Agreement own = new Agreement(tag, tsn, 0, 0, 0, 0, 0, false, false);
    proceed(new Step(new Chunk.Init(said(tag, tsn, List.of())), own), out, nowNs);
  }

  /** This side waits for no answer any more. */
  void end() {
    open = null;
    timer.stop();
  }

  private void proceed(Step next, Outbox out, long nowNs) {
    open = next;
    repeats = 0;
    timeout = new RetransmissionTimeout();
    timer.start(nowNs + timeout.ns());
    out.sendAlone(next.chunk(), next.agreement().peerTag());
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }

  /** Repeats itself if it is time; false when that was done often enough. */
  boolean onTimeout(Outbox out, long nowNs) {
    Step step = open;
    if (step == null || !timer.isDue(nowNs)) {
      return true;
    }
    if (repeats == MAX_REPEATS) {
      return false;
    }
    repeats++;
    timeout.backOff();
    timer.start(nowNs + timeout.ns());
    out.sendAlone(step.chunk(), step.agreement().peerTag());
    return true;
  }

  /** Whether what a peer says can be worked with (RFC 9260, 3.3.2). */
  static boolean isUsable(InitParameters peer) {
    return peer.tag() != 0
        && peer.outgoingStreams() > 0
        && peer.incomingStreams() > 0
        && peer.window() >= LEAST_WINDOW;
  }

  /**
   * The answer to a usable INIT.
   *
   * @param current the association that there is
   */
  Chunk answer(InitParameters peer, Optional<Agreement> current, long nowNs) {
    Step step = open;
    int tag = step == null ? tag() : step.agreement().localTag();
    int tsn = step == null ? random.nextInt() : step.agreement().localTsn();
    ByteBuffer cookie =
        cookies.write(
            new StateCookie.Content(
                Agreement.of(tag, tsn, settings, peer),
                current.map(Agreement::localTag).orElse(0),
                current.map(Agreement::peerTag).orElse(0),
                nowNs));
    List<Parameter> extra = new ArrayList<>();
    extra.add(new Parameter(Parameter.STATE_COOKIE, cookie));
    extra.addAll(unknown(peer));
    return new Chunk.InitAck(said(tag, tsn, extra));
  }

  /** Tells the peer what was not understood, as far as there is room. */
  private static List<Parameter> unknown(InitParameters peer) {
    List<Parameter> reports = new ArrayList<>();
    int room = MAX_REPORTED;
    for (Parameter parameter : peer.parameters()) {
      if (parameter.isReported() && !isKnown(parameter)) {
        Parameter report = new Parameter(Parameter.UNRECOGNIZED_PARAMETER, parameter.encoded());
        room -= report.encoded().limit();
        if (room < 0) {
          break;
        }
        reports.add(report);
      }
    }
    return reports;
  }

  /** Of those that their sender wants to hear of when they are not. */
  private static boolean isKnown(Parameter parameter) {
    return parameter.type() == Parameter.FORWARD_TSN_SUPPORTED;
  }

  /** The peer answers this side's INIT; false when that answer is of no use. */
  boolean onInitAck(InitParameters peer, Outbox out, long nowNs) {
    Step step = open;
    Optional<Parameter> cookie = peer.find(Parameter.STATE_COOKIE);
    if (step == null || cookie.isEmpty() || !isUsable(peer)) {
      return false;
    }
    Agreement own = step.agreement();
    Agreement offered = Agreement.of(own.localTag(), own.localTsn(), settings, peer);
    proceed(new Step(new Chunk.CookieEcho(cookie.get().value()), offered), out, nowNs);
    return true;
  }

  /**
   * A cookie has come back (RFC 9260, 5.2.4).
   *
   * @param tag of the packet that brought it
   * @param current the association that there is
   */
  Verdict onCookie(ByteBuffer cookie, int tag, Optional<Agreement> current, long nowNs) {
    StateCookie.Content content = cookies.read(cookie).orElse(null);
    if (content == null || content.agreement().localTag() != tag) {
      return new Verdict.Refused();
    }
    Agreement agreement = content.agreement();
    if (current.filter(known -> isSame(known, agreement)).isPresent()) {
      return new Verdict.Known();
    }
    if (nowNs - content.madeNs() > COOKIE_LIFETIME_NS) {
      return new Verdict.Stale(agreement.peerTag());
    }
    if (current.isPresent()) {
      return isRestart(current.get(), content)
          ? new Verdict.Restarted(agreement)
          : new Verdict.Refused();
    }
    return localTag() == 0 || localTag() == agreement.localTag()
        ? new Verdict.Accepted(agreement)
        : new Verdict.Refused();
  }

  private static boolean isSame(Agreement one, Agreement two) {
    return one.localTag() == two.localTag() && one.peerTag() == two.peerTag();
  }

  private static boolean isRestart(Agreement current, StateCookie.Content content) {
    return content.agreement().localTag() != current.localTag()
        && content.agreement().peerTag() != current.peerTag()
        && content.localTieTag() == current.localTag()
        && content.peerTieTag() == current.peerTag();
  }

  private InitParameters said(int tag, int tsn, List<Parameter> extra) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.empty(Parameter.FORWARD_TSN_SUPPORTED));
    parameters.add(
        new Parameter(
            Parameter.SUPPORTED_EXTENSIONS, ByteBuffer.wrap(EXTENSIONS).asReadOnlyBuffer()));
    parameters.addAll(extra);
    return new InitParameters(
        tag, settings.receiveBuffer(), settings.streams(), settings.streams(), tsn, parameters);
  }

  private int tag() {
    int tag = random.nextInt();
    return tag == 0 ? 1 : tag;
  }
}
