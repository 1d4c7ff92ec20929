package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.engine.stun.StunAttribute;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import dev.crosspoint.media.engine.stun.StunWriter;
import dev.crosspoint.media.io.dtls.CertificateFingerprint;
import dev.crosspoint.media.io.dtls.DtlsClient;
import dev.crosspoint.media.io.dtls.RecordInbox;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The client's end of a WebRTC transport: a UDP port of its own, checks, handshake, SRTP. Media is
 * sent and taken on the event loop only.
 */
final class ClientTransport implements AutoCloseable {
  private static final int FIRST_DTLS = 20;
  private static final int FIRST_RTP = 128;
  private static final long CHECK_MS = 100;
  private static final int CHECKS = 50;

  /** A consent check (RFC 7675) at the pace of browsers. */
  private static final long CONSENT_MS = 5_000;

  private final EventLoop loop;
  private final DtlsClient dtls;
  private final SrtpCryptoProvider crypto;
  private final MediaSink sink;
  private final SecureRandom random = new SecureRandom();
  private final JsonNode parameters;
  private final InetSocketAddress server;
  private final EpollDatagramChannel channel;
  private final ArrivalStamp stamp;
  private final RecordInbox records =
      new RecordInbox(record -> send(Unpooled.wrappedBuffer(record)));
  private final CompletableFuture<Void> checked = new CompletableFuture<>();
  private @Nullable SrtpSession srtp;
  private @Nullable Future<?> consent;
  private @Nullable Future<?> telling;
  private final ArrivalFeedback arrivals = new ArrivalFeedback();

  /** Takes RTP as it came. */
  interface MediaSink {
    /**
     * @param packet protected, between 0 and limit; valid during the call
     * @param stamp tells when it came to the socket
     */
    void rtp(ByteBuffer packet, SrtpSession srtp, ArrivalStamp stamp, long nowNs);
  }

  /**
   * @param parameters the server's answer to {@code createWebRtcTransport}
   * @param offload whether the packets of a segmented message are taken together
   */
  ClientTransport(
      EventLoop loop,
      JsonNode parameters,
      DtlsClient dtls,
      SrtpCryptoProvider crypto,
      boolean offload,
      MediaSink sink) {
    this.loop = loop;
    this.parameters = parameters;
    this.dtls = dtls;
    this.crypto = crypto;
    this.sink = sink;
    JsonNode candidate = parameters.path("iceCandidates").path(0);
    this.server =
        new InetSocketAddress(
            candidate.path("address").asString(candidate.path("ip").asString("")),
            candidate.path("port").asInt());
    this.channel = ClientSocket.bind(loop, offload, new Inbound());
    this.stamp = new ArrivalStamp(channel.fd().intValue());
  }

  String id() {
    return parameters.path("transportId").asString();
  }

  /** Checks until it is answered, shakes hands and takes the keys; blocks. */
  void connect() {
    for (int check = 0; check < CHECKS && !checked.isDone(); check++) {
      check();
      awaitAnswer();
    }
    if (!checked.isDone()) {
      throw new LoadException("no check was answered by " + server);
    }
    consent = loop.scheduleAtFixedRate(this::check, CONSENT_MS, CONSENT_MS, TimeUnit.MILLISECONDS);
    try {
      SrtpSession session = new SrtpSession(dtls.connect(records, fingerprints()).keys(), crypto);
      loop.submit(
              () -> {
                srtp = session;
              })
          .syncUninterruptibly();
      telling =
          loop.scheduleAtFixedRate(
              this::tell,
              random.nextLong(ArrivalFeedback.INTERVAL_MS),
              ArrivalFeedback.INTERVAL_MS,
              TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new LoadException("the handshake failed", e);
    }
  }

  private void awaitAnswer() {
    try {
      checked.get(CHECK_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      // Another check follows.
    } catch (ExecutionException e) {
      throw new LoadException("the check failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException("interrupted", e);
    }
  }

  private List<CertificateFingerprint> fingerprints() {
    return parameters
        .path("dtlsParameters")
        .path("fingerprints")
        .valueStream()
        .flatMap(each ->
            CertificateFingerprint.Hash.labelled(each.path("algorithm").asString()).stream()
                .map(hash -> new CertificateFingerprint(hash, each.path("value").asString())))
        .toList();
  }

  private void check() {
    JsonNode ice = parameters.path("iceParameters");
    byte[] transaction = new byte[12];
    random.nextBytes(transaction);
    ByteBuffer request =
        new StunWriter(StunMessage.BINDING_REQUEST, transaction)
            .username(ice.path("usernameFragment").asString() + ":load")
            .attribute(StunAttribute.PRIORITY, new byte[] {1, 2, 3, 4})
            .attribute(StunAttribute.ICE_CONTROLLING, new byte[8])
            .attribute(StunAttribute.USE_CANDIDATE, new byte[0])
            .integrity(new StunKey(ice.path("password").asString()))
            .finish();
    send(Unpooled.wrappedBuffer(request));
  }

  private void tell() {
    SrtpSession session = srtp;
    if (session == null) {
      return;
    }
    long now = System.nanoTime();
    for (ByteBuffer report = arrivals.next(session, now);
        report.hasRemaining();
        report = arrivals.next(session, now)) {
      send(channel.alloc().directBuffer(report.remaining()).writeBytes(report));
    }
  }

  /** Protects and sends a packet; on the loop. */
  void sendRtp(ByteBuffer packet, int headerLength, int length) {
    SrtpSession session = srtp;
    if (session != null) {
      int protectedLength = session.protectRtp(packet, headerLength, length);
      send(
          channel
              .alloc()
              .directBuffer(protectedLength)
              .writeBytes(packet.duplicate().position(0).limit(protectedLength)));
    }
  }

  private void send(ByteBuf datagram) {
    var _ = channel.writeAndFlush(new DatagramPacket(datagram, server), channel.voidPromise());
  }

  @Override
  public void close() {
    for (Future<?> timer : new @Nullable Future<?>[] {consent, telling}) {
      if (timer != null) {
        timer.cancel(false);
      }
    }
    channel.close().syncUninterruptibly();
    loop.submit(
            () -> {
              if (srtp != null) {
                srtp.close();
                srtp = null;
              }
            })
        .syncUninterruptibly();
  }

  /** Tells what came apart by its first byte (RFC 7983, section 7). */
  private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      ByteBuf content = datagram.content();
      int first = content.getUnsignedByte(content.readerIndex());
      if (first >= FIRST_RTP) {
        SrtpSession session = srtp;
        if (session != null) {
          ByteBuffer packet =
              content.internalNioBuffer(content.readerIndex(), content.readableBytes()).slice();
          long now = System.nanoTime();
          arrivals.onRtp(packet, now);
          sink.rtp(packet, session, stamp, now);
        }
      } else if (first >= FIRST_DTLS) {
        records.offer(content.nioBuffer());
      } else {
        checked.complete(null);
      }
    }
  }
}
