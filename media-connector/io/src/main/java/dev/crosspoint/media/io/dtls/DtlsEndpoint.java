package dev.crosspoint.media.io.dtls;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The DTLS association of one transport. Its methods are called on the media loop and do not block.
 * What comes is read on a thread that starts with the first record, when the client's fingerprint
 * is here too, and ends when nothing has come for a moment after the handshake: most associations
 * carry nothing afterwards. The next record starts another one: to repeat the last flight when it
 * was lost, to take application data and to hear close_notify.
 *
 * <p>There is no cookie exchange (RFC 6347, section 4.2.1): the engine only hands out records from
 * an address that passed an authenticated ICE check, which proves more.
 */
public final class DtlsEndpoint {

  /** What follows shortly finds the same thread. */
  private static final int LINGER_MS = 100;

  private final DtlsCertificate certificate;
  private final DtlsOutput output;
  private final ThreadFactory threads;
  private final RecordInbox inbox;
  private final OutgoingData outgoing;

  /** Whether a thread reads, or none ever will again. */
  private final AtomicBoolean reading = new AtomicBoolean();

  /** Of the thread that reads. */
  private @Nullable DTLSTransport association;

  private List<CertificateFingerprint> expected = List.of();

  /**
   * @param threads virtual threads
   * @param droppedRecords counts records lost to a full queue, either way
   */
  public DtlsEndpoint(
      DtlsCertificate certificate,
      DtlsOutput output,
      ThreadFactory threads,
      AtomicLong droppedRecords) {
    this.certificate = certificate;
    this.output = output;
    this.threads = threads;
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
      readWhenReady();
    }
  }

  /**
   * A record from the client.
   *
   * @param record valid only during the call
   */
  public void receive(ByteBuffer record) {
    inbox.offer(record);
    readWhenReady();
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

  private void readWhenReady() {
    if (!expected.isEmpty() && beginsReading()) {
      threads.newThread(this::run).start();
    }
  }

  /** Whether there is something to read, and nobody who does. */
  private boolean beginsReading() {
    return !inbox.isEmpty() && !inbox.isClosed() && reading.compareAndSet(false, true);
  }

  private void run() {
    if (association == null) {
      association = shakeHands();
    }
    DTLSTransport established = association;
    if (established == null) {
      return;
    }
    do {
      read(established);
      if (inbox.isClosed()) {
        output.closed();
        return;
      }
      reading.set(false);
    } while (beginsReading());
  }

  /** Returns null when it fails, which is reported. */
  private @Nullable DTLSTransport shakeHands() {
    SrtpTlsServer server = new SrtpTlsServer(certificate, expected);
    try {
      DTLSTransport done = new DTLSServerProtocol().accept(server, inbox);
      SrtpKeys keys = server.keys().orElseThrow();
      outgoing.use(done);
      output.connected(keys);
      return done;
    } catch (IOException e) {
      output.failed(server.refusal().orElseGet(() -> describe(e)));
      return null;
    }
  }

  /** Hands application data on until nothing comes for a moment, or the association has ended. */
  private void read(DTLSTransport established) {
    byte[] data = new byte[inbox.getReceiveLimit()];
    try {
      int length;
      do {
        length = established.receive(data, 0, data.length, LINGER_MS);
        if (length > 0) {
          output.received(Arrays.copyOf(data, length));
        }
      } while (length >= 0);
    } catch (IOException e) {
      // A fatal alert or the end of the inbox: either way the association is over.
      inbox.close();
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
