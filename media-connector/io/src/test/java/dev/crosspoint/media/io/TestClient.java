package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.engine.stun.StunAttribute;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import dev.crosspoint.media.engine.stun.StunWriter;
import dev.crosspoint.media.io.dtls.CertificateFingerprint;
import dev.crosspoint.media.io.dtls.DtlsClient;
import dev.crosspoint.media.io.dtls.RecordInbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebRTC client on a real socket: checks, handshake, RTP. */
abstract class TestClient implements AutoCloseable {

  private static final int HEADER = 12;
  private static final long WAIT_S = 20;

  private final SecureRandom random = new SecureRandom();
  private final DtlsClient dtls;
  private final BlockingQueue<byte[]> stun = new LinkedBlockingQueue<>();
  private final RecordInbox records = new RecordInbox(this::sendRecord);
  private final BlockingQueue<byte[]> media = new LinkedBlockingQueue<>();

  TestClient(SrtpProfile... profiles) {
    this.dtls = new DtlsClient(profiles);
  }

  /** Sends a packet as it is. */
  abstract void send(byte[] packet) throws IOException;

  @Override
  public abstract void close() throws IOException;

  /** A packet came. */
  final void received(byte[] packet) {
    int first = packet[0] & 0xff;
    if (first >= 4 && first < 64) {
      records.offer(ByteBuffer.wrap(packet));
    } else {
      (first < 4 ? stun : media).add(packet);
    }
  }

  private void sendRecord(byte[] record) {
    try {
      send(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CertificateFingerprint fingerprint() {
    return dtls.fingerprint();
  }

  /** Passes an authenticated check that nominates this address. */
  void check(IceCredentials credentials) throws Exception {
    send(checkMessage(credentials));
    awaitCheckAnswered();
  }

  void awaitCheckAnswered() throws Exception {
    byte[] answer = take(stun);
    int type = StunMessage.parse(ByteBuffer.wrap(answer)).orElseThrow().type();
    if (type != StunMessage.BINDING_SUCCESS) {
      throw new IOException("check answered with type " + type);
    }
  }

  /** A check that nominates whatever it is sent from. */
  byte[] checkMessage(IceCredentials credentials) {
    byte[] transaction = new byte[12];
    random.nextBytes(transaction);
    ByteBuffer request =
        new StunWriter(StunMessage.BINDING_REQUEST, transaction)
            .username(credentials.usernameFragment() + ":test")
            .attribute(StunAttribute.PRIORITY, new byte[] {1, 2, 3, 4})
            .attribute(StunAttribute.ICE_CONTROLLING, new byte[8])
            .attribute(StunAttribute.USE_CANDIDATE, new byte[0])
            .integrity(new StunKey(credentials.password()))
            .finish();
    byte[] bytes = new byte[request.remaining()];
    request.get(bytes);
    return bytes;
  }

  /** Shakes hands; the keys are ready for {@link #sendAudio}. */
  SrtpSession handshake(TransportDescription transport) throws IOException {
    return new SrtpSession(associate(transport).keys(), new JcaSrtpCrypto());
  }

  DtlsClient.Association associate(TransportDescription transport) throws IOException {
    return dtls.connect(records, transport.fingerprints());
  }

  private void sendRtp(SrtpSession srtp, int payloadType, int sequence, int ssrc, byte[] payload)
      throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length + SrtpSession.MAX_OVERHEAD);
    packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequence);
    packet.putInt(sequence * 960).putInt(ssrc).put(payload);
    int length = srtp.protectRtp(packet, HEADER, HEADER + payload.length);
    send(Arrays.copyOf(packet.array(), length));
  }

  /** The next packet of the stream that {@link TestServer#produceAudio} takes. */
  void sendAudio(SrtpSession srtp, int sequence, byte[] payload) throws IOException {
    sendRtp(srtp, TestServer.SENT_TYPE, 1_000 + sequence, TestServer.SENT_SSRC, payload);
  }

  /** The next RTP packet, decrypted; RTCP is passed over. */
  ByteBuffer receiveRtp(SrtpSession srtp) throws Exception {
    byte[] bytes = take(media);
    while ((bytes[1] & 0xff) >= 192 && (bytes[1] & 0xff) <= 223) {
      bytes = take(media);
    }
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    int extensionWords =
        (bytes[0] & 0x10) == 0 ? -1 : Short.toUnsignedInt(packet.getShort(HEADER + 2));
    int header = HEADER + 4 * (extensionWords + 1);
    int length = srtp.unprotectRtp(packet, header, bytes.length);
    if (length == SrtpSession.REFUSED) {
      throw new IOException("packet refused: " + srtp.failure());
    }
    return packet.slice(header, length - header);
  }

  private static byte[] take(BlockingQueue<byte[]> queue) throws Exception {
    byte[] bytes = queue.poll(WAIT_S, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new IOException("nothing came");
    }
    return bytes;
  }
}
