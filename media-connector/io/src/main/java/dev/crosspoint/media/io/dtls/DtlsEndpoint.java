package dev.crosspoint.media.io.dtls;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The DTLS association of one transport. Its methods are called on the media loop and do not block;
 * the handshake runs on a thread of its own, which starts when both the client's fingerprint and
 * its first record are here, and stays to repeat the last flight when it was lost, to take
 * application data and to hear close_notify.
 *
 * <p>There is no cookie exchange (RFC 6347, section 4.2.1): the engine only hands out records from
 * an address that passed an authenticated ICE check, which proves more.
 */
public final class DtlsEndpoint {

  /**
   * Bouncy Castle takes a buffer for the longest record with every wait, and after four minutes of
   * listening forgets what it would repeat of the handshake.
   */
  private static final int LISTEN_MS = 250_000;

  private final DtlsCertificate certificate;
  private final DtlsOutput output;
  private final ThreadFactory threads;
  private final SecureRandom random;
  private final RecordInbox inbox;
  private final OutgoingData outgoing;
  private List<CertificateFingerprint> expected = List.of();
  private boolean started;

  /**
   * @param threads virtual threads
   * @param droppedRecords counts records lost to a full queue, either way
   */
  public DtlsEndpoint(
      DtlsCertificate certificate,
      DtlsOutput output,
      ThreadFactory threads,
      SecureRandom random,
      AtomicLong droppedRecords) {
    this.certificate = certificate;
    this.output = output;
    this.threads = threads;
    this.random = random;
    this.inbox = new RecordInbox(output::send, droppedRecords);
    this.outgoing = new OutgoingData(threads, droppedRecords);
  }

  /** The certificate that this endpoint presents. */
  public DtlsCertificate certificate() {
    return certificate;
  }

  /** Tells whom to expect. Only the first call counts. */
  public void expect(Collection<CertificateFingerprint> fingerprints) {
    if (expected.isEmpty()) {
      expected = List.copyOf(fingerprints);
      startWhenReady();
    }
  }

  /**
   * A record from the client.
   *
   * @param record valid only during the call
   */
  public void receive(ByteBuffer record) {
    inbox.offer(record);
    startWhenReady();
  }

  /** Sends application data; lost while there is no association, or when too much waits. */
  public void send(ByteBuffer data) {
    outgoing.offer(data);
  }

  /** Ends the association without a word to the client; nothing is reported any more. */
  public void close() {
    inbox.close();
    outgoing.close();
  }

  private void startWhenReady() {
    if (!started && !expected.isEmpty() && !inbox.isEmpty() && !inbox.isClosed()) {
      started = true;
      threads.newThread(this::run).start();
    }
  }

  private void run() {
    SrtpTlsServer server = new SrtpTlsServer(new BcTlsCrypto(random), certificate, expected);
    DTLSTransport association;
    SrtpKeys keys;
    try {
      association = new DTLSServerProtocol().accept(server, inbox);
      keys = server.keys().orElseThrow();
    } catch (IOException e) {
      output.failed(server.refusal().orElseGet(() -> describe(e)));
      return;
    }
    outgoing.use(association);
    output.connected(keys);
    listen(association);
    output.closed();
  }

  /** Hands application data on; returns when the association has ended. */
  private void listen(DTLSTransport association) {
    byte[] data = new byte[inbox.getReceiveLimit()];
    while (!inbox.isClosed()) {
      try {
        int length = association.receive(data, 0, data.length, LISTEN_MS);
        if (length > 0) {
          output.received(Arrays.copyOf(data, length));
        }
      } catch (IOException e) {
        // A fatal alert or the end of the inbox: either way the association is over.
        inbox.close();
      }
    }
  }

  /** Never the peer's words: they would carry its data into operators' logs. */
  private static String describe(IOException failure) {
    return switch (failure) {
      case TlsTimeoutException _ -> "the handshake took too long";
      case TlsFatalAlertReceived alert ->
          "the client refused with alert " + alert.getAlertDescription();
      case TlsFatalAlert alert -> "the handshake failed with alert " + alert.getAlertDescription();
      default -> "the handshake was cut off";
    };
  }
}
