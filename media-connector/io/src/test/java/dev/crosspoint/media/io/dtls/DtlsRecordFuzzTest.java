package dev.crosspoint.media.io.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;

/**
 * DTLS datagrams (RFC 6347) of somebody who passed a connectivity check, from the door to the end
 * of a handshake that is none. Of an input each datagram is a length in two bytes and as many more.
 */
class DtlsRecordFuzzTest {
  private static final long EXECUTIONS = 10_000_000;

  private final DtlsCertificate certificate =
      DtlsCertificate.generate(Instant.now(), new SecureRandom());

  @FuzzTest(maxDuration = "", maxExecutions = EXECUTIONS)
  void no_datagrams_do_more_than_end_their_own_handshake(byte[] bytes) {
    RecordInbox inbox = new RecordInbox(_ -> {}, new AtomicLong());
    ByteBuffer input = ByteBuffer.wrap(bytes);
    while (input.remaining() >= Short.BYTES) {
      int length = Math.min(input.getShort() & 0xFFFF, input.remaining());
      inbox.offer(input.slice(input.position(), length));
      input.position(input.position() + length);
    }
    SrtpTlsServer server = new SrtpTlsServer(certificate, certificate.fingerprints());
    try {
      new DTLSServerProtocol().accept(server, new Ending(inbox));
    } catch (IOException e) {
      // What an endpoint reports as a failed handshake; anything else would end its thread.
      return;
    }
    throw new AssertionError("a handshake without the certificate that was signalled");
  }

  /** The way to a client who falls silent: waiting for more would only take time. */
  private record Ending(RecordInbox inbox) implements DatagramTransport {
    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      if (inbox.isEmpty()) {
        throw new IOException("nothing more");
      }
      return inbox.receive(buffer, offset, length, waitMillis);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      inbox.send(buffer, offset, length);
    }

    @Override
    public int getReceiveLimit() {
      return inbox.getReceiveLimit();
    }

    @Override
    public int getSendLimit() {
      return inbox.getSendLimit();
    }

    @Override
    public void close() {
      inbox.close();
    }
  }
}
