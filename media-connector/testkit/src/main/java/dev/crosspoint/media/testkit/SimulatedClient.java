package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.congestion.TransportCcFeedback;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.repair.NackGenerator;
import dev.crosspoint.media.engine.rtcp.RtcpReader;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.engine.stun.StunAttribute;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import dev.crosspoint.media.engine.stun.StunWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks ICE, SRTP, RTP and RTCP, and leaves DTLS, sockets and time to its owner. It
 * answers NACKs for what it sends, and asks for what it misses.
 */
public final class SimulatedClient {
  private static final int MID_ID = 1;
  private static final long RETRY_NS = 60_000_000;
  private static final int OWN_RTCP_SSRC = 1;

  private static final long REPORT_NS = 50_000_000;

  private final RandomGenerator random;
  private final Consumer<ByteBuffer> output;
  private final ByteBuffer buffer = ByteBuffer.allocate(2048);
  private final RtpPacket view = new RtpPacket();
  private final Map<Integer, OutgoingStream> outgoing = new HashMap<>();
  private final Map<Integer, Integer> mediaOfRtx = new HashMap<>();
  private final Map<Integer, Repair> repairs = new HashMap<>();
  private final List<ReceivedPacket> packets = new ArrayList<>();
  private final List<ReceivedRtcp> rtcp = new ArrayList<>();
  private final List<StunMessage> stun = new ArrayList<>();
  private @Nullable SrtpSession srtp;
  private int transportNumber;
  private int reportedId;
  private int sendTimeId;
  private final List<Integer> sendTimes = new ArrayList<>();
  private final TransportCcFeedback arrivals = new TransportCcFeedback(REPORT_NS);

  private record Repair(SequenceWindow window, NackGenerator nack) {}

  /**
   * @param output takes datagrams between position and limit, valid during the call
   */
  public SimulatedClient(RandomGenerator random, Consumer<ByteBuffer> output) {
    this.random = random;
    this.output = output;
  }

  /** Sends a binding request that nominates the pair. */
  public void check(IceCredentials server) {
    output.accept(checkMessage(server, true));
  }

  /** A binding request as a controlling agent makes it. */
  public ByteBuffer checkMessage(IceCredentials server, boolean nominating) {
    byte[] transactionId = new byte[12];
    random.nextBytes(transactionId);
    StunWriter writer =
        new StunWriter(StunMessage.BINDING_REQUEST, transactionId)
            .username(server.usernameFragment() + ":client")
            .attribute(StunAttribute.PRIORITY, new byte[] {1, 2, 3, 4})
            .attribute(StunAttribute.ICE_CONTROLLING, new byte[8]);
    if (nominating) {
      writer.attribute(StunAttribute.USE_CANDIDATE, new byte[0]);
    }
    return writer.integrity(new StunKey(server.password())).finish();
  }

  /** The handshake is done: these are the client's keys. */
  public void useKeys(SrtpKeys keys) {
    srtp = new SrtpSession(keys, new JcaSrtpCrypto());
  }

  /** Will answer NACKs for this stream. */
  public OutgoingStream add(OutgoingStream stream) {
    outgoing.put(stream.ssrc(), stream);
    return stream;
  }

  /** Will ask for missing packets of a stream; they come under {@code rtxSsrc}, or as they were. */
  public void repair(int ssrc, int rtxSsrc) {
    mediaOfRtx.put(rtxSsrc, ssrc);
    repairs.put(ssrc, new Repair(new SequenceWindow(), new NackGenerator(RETRY_NS)));
  }

  /** Will tell when packets arrived that are numbered in the header extension with this id. */
  public void reportArrivals(int extensionId) {
    reportedId = extensionId;
  }

  /** Will note when packets left that tell it in the header extension with this id. */
  public void noteSendTimes(int extensionId) {
    sendTimeId = extensionId;
  }

  /** When packets left, in the order of their arrival: unsigned 24 bit, 6 before the point. */
  public List<Integer> sendTimes() {
    return List.copyOf(sendTimes);
  }

  /** Sends the next packet of a stream. */
  public void send(OutgoingStream stream, byte[] payload, boolean marker) {
    output.accept(protectedRtp(stream.next(payload, marker, transportNumber++ & 0xFFFF)));
  }

  /**
   * Encrypts without sending, for whoever wants to send it twice or late.
   *
   * @return empty when the number was used before
   */
  public ByteBuffer protectedRtp(byte[] packet) {
    ByteBuffer copy = ByteBuffer.allocate(packet.length + SrtpSession.MAX_OVERHEAD).put(packet);
    view.parseHeader(copy, packet.length);
    int length = session().protectRtp(copy, view.headerLength(), packet.length);
    return copy.limit(Math.max(0, length)).position(0);
  }

  /** The next packet of a stream, encrypted and not sent. */
  public ByteBuffer prepare(OutgoingStream stream, byte[] payload, boolean marker) {
    return protectedRtp(stream.next(payload, marker, transportNumber++ & 0xFFFF));
  }

  /** Sends a sender report. */
  public void sendSenderReport(OutgoingStream stream, long ntp) {
    RtcpWriter out = new RtcpWriter(buffer.clear());
    out.senderReport(stream.ssrc(), ntp, stream.timestamp(), stream.packets(), stream.octets());
    sendRtcp(out);
  }

  /** Asks for a key frame of a received stream. */
  public void sendPictureLoss(int ssrc) {
    RtcpWriter out = new RtcpWriter(buffer.clear());
    out.pictureLoss(OWN_RTCP_SSRC, ssrc);
    sendRtcp(out);
  }

  /** Says what the line takes (draft-alvestrand-rmcat-remb-03, 2.2). */
  public void sendRemb(long bitsPerSecond, int ssrc) {
    RtcpWriter out = new RtcpWriter(buffer.clear());
    int start = out.beginRemb(OWN_RTCP_SSRC, bitsPerSecond);
    out.word(ssrc);
    out.endRemb(start, 1);
    sendRtcp(out);
  }

  /** Sends what an RTCP writer over any buffer holds. */
  public void sendRtcp(RtcpWriter out) {
    ByteBuffer compound = out.buffer();
    int length = session().protectRtcp(compound, out.length());
    output.accept(compound.limit(length).position(0));
    compound.clear();
  }

  /** Encrypts any bytes as a compound, without sending them. */
  public ByteBuffer protectedRtcp(byte[] compound) {
    ByteBuffer copy = ByteBuffer.allocate(compound.length + SrtpSession.MAX_OVERHEAD).put(compound);
    int length = session().protectRtcp(copy, compound.length);
    return copy.limit(length).position(0);
  }

  /** Takes a datagram between position 0 and limit; changes it. */
  public void onDatagram(ByteBuffer datagram, long nowNs) {
    int first = datagram.get(0) & 0xFF;
    if (first < 4) {
      StunMessage.parse(datagram).ifPresent(stun::add);
    } else if (first >= 128 && first < 192) {
      int type = datagram.get(1) & 0xFF;
      if (type >= 192 && type < 224) {
        onRtcp(datagram);
      } else {
        onRtp(datagram, nowNs);
      }
    }
  }

  /** Asks again for what is still missing, and tells what has arrived. */
  public void onTimeout(long nowNs) {
    RtcpWriter report = new RtcpWriter(buffer.clear());
    while (arrivals.write(report.clear(), OWN_RTCP_SSRC, OWN_RTCP_SSRC, nowNs)) {
      sendRtcp(report);
    }
    repairs.forEach((ssrc, repair) -> {
      RtcpWriter out = new RtcpWriter(buffer.clear());
      repair.nack().write(out, OWN_RTCP_SSRC, ssrc, nowNs);
      if (!out.isEmpty()) {
        sendRtcp(out);
      }
    });
  }

  /** All packets so far, in order of arrival. */
  public List<ReceivedPacket> packets() {
    return List.copyOf(packets);
  }

  /** Those of one stream. */
  public List<ReceivedPacket> packets(int ssrc) {
    return packets.stream().filter(packet -> packet.ssrc() == ssrc).toList();
  }

  /** RTCP packets of one type and format so far. */
  public List<ReceivedRtcp> rtcp(int type, int count) {
    return rtcp.stream().filter(r -> r.type() == type && r.count() == count).toList();
  }

  /** Answers to the checks so far. */
  public List<StunMessage> stun() {
    return List.copyOf(stun);
  }

  private void onRtp(ByteBuffer datagram, long nowNs) {
    if (!view.parseHeader(datagram, datagram.limit())) {
      throw new AssertionError("the server sent something that is not RTP");
    }
    int length = session().unprotectRtp(datagram, view.headerLength(), datagram.limit());
    if (length == SrtpSession.REFUSED || !view.parsePayload(length)) {
      return;
    }
    if (view.extensionLength(reportedId) == 2) {
      int number = view.buffer().getShort(view.extensionOffset(reportedId)) & 0xFFFF;
      arrivals.onPacket(number, nowNs);
    }
    if (view.extensionLength(sendTimeId) == 3) {
      int at = view.extensionOffset(sendTimeId);
      sendTimes.add(view.buffer().getInt(at - 1) & 0xFF_FFFF);
    }
    Integer media = mediaOfRtx.get(view.ssrc());
    ReceivedPacket packet = media == null ? asReceived() : asResent(media);
    Repair repair = repairs.get(packet.ssrc());
    if (repair != null) {
      long number = repair.window().extend(packet.sequenceNumber());
      if (repair.window().isSeen(number)) {
        return;
      }
      repair.window().mark(number);
      repair.nack().onPacket(number, nowNs);
    }
    packets.add(packet);
  }

  private ReceivedPacket asReceived() {
    return received(view.ssrc(), view.sequenceNumber(), false, 0);
  }

  private ReceivedPacket asResent(int media) {
    int original = view.buffer().getShort(view.payloadOffset()) & 0xFFFF;
    return received(media, original, true, 2);
  }

  private ReceivedPacket received(int ssrc, int number, boolean resent, int skipped) {
    List<Byte> payload = new ArrayList<>();
    for (int i = skipped; i < view.payloadLength(); i++) {
      payload.add(view.buffer().get(view.payloadOffset() + i));
    }
    return new ReceivedPacket(
        ssrc,
        view.payloadType(),
        number,
        view.timestamp(),
        view.marker(),
        resent,
        view.extensionText(MID_ID),
        payload);
  }

  private void onRtcp(ByteBuffer datagram) {
    int length = session().unprotectRtcp(datagram, datagram.limit());
    if (length == SrtpSession.REFUSED) {
      return;
    }
    RtcpReader reader = new RtcpReader().wrap(datagram, length);
    while (reader.next()) {
      List<Integer> words = new ArrayList<>();
      for (int i = 0; i < reader.words(); i++) {
        words.add(reader.word(i));
      }
      rtcp.add(new ReceivedRtcp(reader.type(), reader.count(), words));
      if (reader.type() == RtcpType.TRANSPORT_FEEDBACK && reader.count() == RtcpType.NACK) {
        answer(words);
      }
    }
    if (reader.isMalformed()) {
      throw new AssertionError("the server sent malformed RTCP");
    }
  }

  private void answer(List<Integer> nack) {
    OutgoingStream stream = outgoing.get(nack.get(2));
    if (stream == null) {
      return;
    }
    for (int item : nack.subList(3, nack.size())) {
      int first = item >>> 16;
      sendAgain(stream, first);
      for (int i = 0; i < 16; i++) {
        if ((item & (1 << i)) != 0) {
          sendAgain(stream, (first + 1 + i) & 0xFFFF);
        }
      }
    }
  }

  /** Sends a packet once more, as an answer to a NACK or unasked, to fill the line. */
  public void sendAgain(OutgoingStream stream, int number) {
    stream.again(number).ifPresent(packet -> output.accept(protectedRtp(packet)));
  }

  private SrtpSession session() {
    if (srtp == null) {
      throw new IllegalStateException("no keys yet");
    }
    return srtp;
  }
}
