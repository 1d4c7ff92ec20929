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
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** A WebRTC client on a real socket: checks, handshake, RTP. */
final class UdpTestClient implements AutoCloseable {

  private static final int HEADER = 12;
  private static final long WAIT_S = 20;

  private final SecureRandom random = new SecureRandom();
  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final DtlsClient dtls;
  private final BlockingQueue<byte[]> stun = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> records = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> media = new LinkedBlockingQueue<>();

  UdpTestClient(int port, SrtpProfile... profiles) throws IOException {
    this(InetAddress.getLoopbackAddress(), port, profiles);
  }

  UdpTestClient(InetAddress address, int port, SrtpProfile... profiles) throws IOException {
    this.socket = new DatagramSocket(0, address);
    this.server = new InetSocketAddress(address, port);
    this.dtls = new DtlsClient(profiles);
    Thread.ofVirtual().start(this::read);
  }

  CertificateFingerprint fingerprint() {
    return dtls.fingerprint();
  }

  private void read() {
    byte[] buffer = new byte[2_048];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException closed) {
        return;
      }
      byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
      int first = bytes[0] & 0xff;
      (first < 4 ? stun : first < 64 ? records : media).add(bytes);
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, server));
  }

  /** Passes an authenticated check that nominates this address. */
  void check(IceCredentials credentials) throws Exception {
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
    send(bytes);
    byte[] answer = take(stun);
    int type = StunMessage.parse(ByteBuffer.wrap(answer)).orElseThrow().type();
    if (type != StunMessage.BINDING_SUCCESS) {
      throw new IOException("check answered with type " + type);
    }
  }

  /** Shakes hands; the keys are ready for {@link #sendRtp}. */
  SrtpSession handshake(TransportDescription transport) throws IOException {
    return new SrtpSession(associate(transport).keys(), new JcaSrtpCrypto());
  }

  DtlsClient.Association associate(TransportDescription transport) throws IOException {
    return dtls.connect(new Records(), transport.fingerprints());
  }

  void sendRtp(SrtpSession srtp, int payloadType, int sequence, int ssrc, byte[] payload)
      throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length + SrtpSession.MAX_OVERHEAD);
    packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequence);
    packet.putInt(sequence * 960).putInt(ssrc).put(payload);
    int length = srtp.protectRtp(packet, HEADER, HEADER + payload.length);
    send(Arrays.copyOf(packet.array(), length));
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

  @Override
  public void close() {
    socket.close();
  }

  /** The socket's DTLS part. */
  private final class Records implements DatagramTransport {
    @Override
    public int getReceiveLimit() {
      return 2_048;
    }

    @Override
    public int getSendLimit() {
      return 1_200;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
      try {
        byte[] bytes = records.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (bytes == null) {
          return -1;
        }
        System.arraycopy(bytes, 0, buffer, offset, bytes.length);
        return bytes.length;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
      UdpTestClient.this.send(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {}
  }
}
