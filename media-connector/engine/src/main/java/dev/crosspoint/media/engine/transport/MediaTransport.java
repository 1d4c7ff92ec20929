package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.data.DataTransport;
import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.forwarding.Router;
import dev.crosspoint.media.engine.forwarding.WrittenHeader;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.IceLiteAgent;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.rtp.AbsSendTime;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SsrcMap;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.engine.stun.StunMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to and from one client. */
public final class MediaTransport implements MediaChannel {
  private final String id;
  private final Router router;
  private final TransportContext context;
  private final Counters counters;
  private final IceLiteAgent ice;
  private final StreamTable streams = new StreamTable();
  private final List<Consumer> consumers = new ArrayList<>();
  private final SsrcMap<Consumer> consumersBySsrc = new SsrcMap<>();
  private final RtpPacket packet = new RtpPacket();
  private final RtpInbox rtp;
  private final RtcpInbox rtcp;
  private final RtcpReports reports;
  private final DataTransport data;
  private final Uplink uplink;
  private final Downlink downlink;
  private final HandshakeWatch handshake;
  private final Alarms<MediaTransport>.Alarm alarm;
  private final int rtcpSsrc;
  private @Nullable SrtpSession srtp;

  public MediaTransport(String id, Router router, TransportContext context) {
    this.id = id;
    this.router = router;
    this.context = context;
    this.counters = context.counters();
    this.alarm = context.alarms().of(this);
    IceCredentials credentials = IceCredentials.generate(context.random());
    this.ice =
        new IceLiteAgent(credentials, context.iceTimeoutNs(), new IceRegistration(this, context));
    context.demux().register(credentials, this);
    this.handshake = new HandshakeWatch(context.handshakeTimeoutNs());
    this.rtcpSsrc = context.random().nextInt();
    this.downlink = new Downlink(consumers, counters);
    this.rtp = new RtpInbox(this, streams, counters);
    this.rtcp = new RtcpInbox(streams, consumersBySsrc, downlink, counters);
    this.reports =
        new RtcpReports(
            this, streams.streams(), consumers, context.random(), context.rtcpIntervalNs());
    this.uplink = new Uplink(this, streams, context.transportCcIntervalNs());
    this.data =
        new DataTransport(
            packet -> context.output().sctpPacket(id, packet),
            this::wakeAt,
            counters,
            context.random());
  }

  public String id() {
    return id;
  }

  public Router router() {
    return router;
  }

  /** The client's data channels. */
  public DataTransport data() {
    return data;
  }

  public IceCredentials iceCredentials() {
    return ice.credentials();
  }

  public IceState iceState() {
    return ice.state();
  }

  /** The client may come now, and has the ICE timeout for that. */
  public void expectClient(long nowNs) {
    ice.expectClient(nowNs);
    wakeAt(ice.nextDeadlineNs());
  }

  /** Begins an ICE restart and returns what to tell the client. */
  public IceCredentials restartIce() {
    IceCredentials credentials = IceCredentials.generate(context.random());
    ice.restart(credentials);
    context.demux().register(credentials, this);
    return credentials;
  }

  /** The DTLS handshake is done: media may flow. */
  public void useKeys(SrtpKeys keys, long nowNs) {
    handshake.end();
    if (srtp != null) {
      srtp.close();
    }
    srtp = new SrtpSession(keys, context.crypto());
    startReports(nowNs);
    uplink.tellLimitThatHolds();
    for (Consumer consumer : consumers) {
      consumer.onChannelConnected(nowNs);
    }
  }

  /** The DTLS handshake failed. */
  public void handshakeFailed() {
    handshake.end();
  }

  /** Whether the producer's SSRCs and MID are free. */
  public boolean canTake(ProducerParameters parameters) {
    return !streams.collides(parameters);
  }

  public void add(Producer producer, long nowNs) {
    rtp.add(producer);
    startReports(nowNs);
    uplink.useExtension(
        producer
            .parameters()
            .extensions()
            .getOrDefault(HeaderExtension.TRANSPORT_CC, uplink.extensionId()));
    uplink.tellLimitThatHolds();
  }

  @Override
  public void remove(Producer producer) {
    streams.remove(producer);
  }

  /** Whether the SSRC is free among the consumers. */
  public boolean canTake(int consumerSsrc) {
    return consumersBySsrc.get(consumerSsrc) == null;
  }

  public void add(Consumer consumer, long nowNs) {
    consumers.add(consumer);
    consumersBySsrc.put(consumer.ssrc(), consumer);
    startReports(nowNs);
  }

  private void startReports(long nowNs) {
    if (srtp != null) {
      reports.start(nowNs);
    }
  }

  @Override
  public void remove(Consumer consumer) {
    consumers.remove(consumer);
    consumersBySsrc.remove(consumer.ssrc());
    downlink.forget(consumer);
  }

  /** More or less video may be forwarded from now on. */
  public void onVideoCapChanged(long nowNs) {
    downlink.allocate(nowNs);
    uplink.tellLimit();
    wakeAt(downlink.nextDeadlineNs());
  }

  void onCheck(String fragment, StunMessage request, TransportAddress remote, long nowNs) {
    IceLiteAgent.Verdict verdict = ice.onRequest(fragment, request, remote, nowNs);
    verdict.refused().ifPresent(counters::dropped);
    verdict.answer().ifPresent(answer -> send(answer, remote, false));
    if (ice.state() == IceState.CONNECTED) {
      handshake.onIceConnected(nowNs);
    }
    wakeAt(Math.min(ice.nextDeadlineNs(), handshake.nextDeadlineNs()));
  }

  /** A TCP connection, perhaps of this client, has ended. */
  public void onConnectionClosed(TransportAddress.Tcp connection) {
    ice.forget(connection);
  }

  void onDtls(ByteBuffer datagram, long nowNs) {
    handshake.onRecord(nowNs);
    context.output().dtlsRecord(id, datagram);
  }

  /** Sends a DTLS record to the client. */
  public void sendDtls(ByteBuffer dtlsRecord) {
    sendSelected(dtlsRecord, false);
  }

  void onRtp(ByteBuffer datagram, long nowNs) {
    SrtpSession session = srtp;
    if (session == null) {
      counters.dropped(DropReason.NO_SRTP_KEYS);
      return;
    }
    if (!packet.parseHeader(datagram, datagram.limit())) {
      counters.dropped(DropReason.RTP_MALFORMED);
      return;
    }
    int length = session.unprotectRtp(datagram, packet.headerLength(), datagram.limit());
    if (length == SrtpSession.REFUSED) {
      counters.dropped(session.failure());
      return;
    }
    if (!packet.parsePayload(length)) {
      counters.dropped(DropReason.RTP_MALFORMED);
      return;
    }
    uplink.onPacket(packet, nowNs);
    rtp.onRtp(packet, length, nowNs);
  }

  void onRtcp(ByteBuffer datagram, long nowNs) {
    SrtpSession session = srtp;
    if (session == null) {
      counters.dropped(DropReason.NO_SRTP_KEYS);
      return;
    }
    int length = session.unprotectRtcp(datagram, datagram.limit());
    if (length == SrtpSession.REFUSED) {
      counters.dropped(session.failure());
      return;
    }
    rtcp.onCompound(datagram, length, nowNs);
    wakeAt(downlink.nextDeadlineNs());
  }

  private long nextDeadlineNs() {
    long next = Math.min(ice.nextDeadlineNs(), reports.nextDeadlineNs());
    next = Math.min(next, Math.min(uplink.nextDeadlineNs(), downlink.nextDeadlineNs()));
    next = Math.min(next, Math.min(data.nextDeadlineNs(), handshake.nextDeadlineNs()));
    next = Math.min(next, rtp.nextDeadlineNs());
    List<InboundStream> inbound = streams.streams();
    for (int i = 0; i < inbound.size(); i++) {
      next = Math.min(next, inbound.get(i).nextDeadlineNs());
    }
    return next;
  }

  /** Its alarm was due: does what is to be done, and sets it again. */
  public void onTimeout(long nowNs) {
    // Who was called before may have set it meanwhile.
    alarm.unset();
    ice.onTimeout(nowNs);
    if (handshake.expires(nowNs)) {
      context.output().handshakeMissed(this, handshake.detail());
    }
    data.onTimeout(nowNs);
    if (reports.onTimeout(nowNs)) {
      downlink.allocate(nowNs);
      uplink.tellLimit();
      streams.updateDemand(nowNs);
    }
    rtp.onTimeout(nowNs);
    uplink.onTimeout(nowNs);
    downlink.onTimeout(nowNs);
    List<InboundStream> inbound = streams.streams();
    for (int i = 0; i < inbound.size(); i++) {
      inbound.get(i).onTimeout(nowNs);
    }
    wakeAt(nextDeadlineNs());
  }

  /** Gives keys and addresses up. */
  public void close() {
    alarm.unset();
    ice.close();
    handshake.end();
    downlink.close();
    if (srtp != null) {
      srtp.close();
      srtp = null;
    }
  }

  @Override
  public boolean isConnected() {
    return srtp != null && ice.selected() != null;
  }

  @Override
  public ByteBuffer scratch() {
    return context.scratch();
  }

  @Override
  public int sendRtp(ByteBuffer rtp, WrittenHeader header, int length, boolean goesOn, long nowNs) {
    SrtpSession session = srtp;
    if (session == null) {
      counters.dropped(DropReason.NO_SRTP_KEYS);
      return NOTHING_SENT;
    }
    if (header.hasAbsSendTime()) {
      AbsSendTime.write(rtp, header.absSendTimeOffset(), nowNs);
    }
    if (header.hasTransportCc()) {
      rtp.putShort(header.transportCcOffset(), (short) downlink.onSent(length, nowNs));
    } else {
      downlink.onUnnumbered(length, nowNs);
    }
    int protectedLength = session.protectRtp(rtp, header.length(), length);
    if (protectedLength == SrtpSession.REFUSED) {
      counters.dropped(session.failure());
      return NOTHING_SENT;
    }
    sendSelected(rtp.limit(protectedLength).position(0), goesOn);
    rtp.clear();
    return protectedLength;
  }

  @Override
  public boolean isBusy(long nowNs) {
    return downlink.isBusy(nowNs);
  }

  @Override
  public boolean admitsResend(long nowNs) {
    return downlink.admitsResend(nowNs);
  }

  @Override
  public boolean delay(
      Consumer consumer, InboundStream stream, RtpPacket waiting, long number, long nowNs) {
    int length = waiting.headerLength() + waiting.payloadLength();
    boolean waits = downlink.delay(consumer, stream, number, length, nowNs);
    wakeAt(downlink.nextDeadlineNs());
    return waits;
  }

  @Override
  public void resend(ByteBuffer protectedPacket) {
    sendSelected(protectedPacket, false);
  }

  @Override
  public void sendRtcp(ByteBuffer compound, int length) {
    SrtpSession session = srtp;
    if (session == null) {
      counters.dropped(DropReason.NO_SRTP_KEYS);
      return;
    }
    int protectedLength = session.protectRtcp(compound, length);
    sendSelected(compound.limit(protectedLength).position(0), false);
    compound.clear();
  }

  @Override
  public int rtcpSsrc() {
    return rtcpSsrc;
  }

  @Override
  public void wakeAt(long timeNs) {
    alarm.setBy(timeNs);
  }

  private void sendSelected(ByteBuffer datagram, boolean goesOn) {
    TransportAddress remote = ice.selected();
    if (remote == null) {
      counters.dropped(DropReason.NO_SELECTED_TUPLE);
      return;
    }
    send(datagram, remote, goesOn);
  }

  private void send(ByteBuffer datagram, TransportAddress remote, boolean goesOn) {
    counters.sent(datagram.remaining());
    context.output().send(datagram, remote, goesOn);
  }
}
