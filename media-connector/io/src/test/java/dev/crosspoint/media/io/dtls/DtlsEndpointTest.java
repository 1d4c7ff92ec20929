package dev.crosspoint.media.io.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.sctp.SctpSettings;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DtlsEndpointTest {

  private final SecureRandom random = new SecureRandom();
  private final AtomicLong dropped = new AtomicLong();
  private final DtlsCertificate certificate = DtlsCertificate.generate(Instant.now(), random);
  private final Server server = new Server();
  private final RecordInbox clientInbox = new RecordInbox(this::toServer, new AtomicLong());
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final DtlsEndpoint endpoint =
      new DtlsEndpoint(certificate, server, this::thread, dropped);

  private Thread thread(Runnable task) {
    Thread thread = Thread.ofVirtual().unstarted(task);
    threads.add(thread);
    return thread;
  }

  private synchronized void toServer(byte[] record) {
    endpoint.receive(ByteBuffer.wrap(record));
    server.firstRecordFromClient.complete(true);
  }

  @Test
  void bothSidesExportTheSameKeys() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(client.fingerprint()));

    DtlsClient.Association association = client.connect(clientInbox, certificate.fingerprints());

    SrtpKeys keys = server.connected.get(20, TimeUnit.SECONDS);
    assertThat(keys.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    assertThat(keys.remoteKey()).isEqualTo(association.keys().localKey());
    assertThat(keys.localKey()).isEqualTo(association.keys().remoteKey());
    assertThat(keys.remoteSalt()).isEqualTo(association.keys().localSalt());
    assertThat(keys.localSalt()).isEqualTo(association.keys().remoteSalt());
  }

  @Test
  void gcmIsPreferredWhateverTheOrderOfTheOffer() throws Exception {
    DtlsClient client =
        new DtlsClient(SrtpProfile.AES128_CM_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(client.fingerprint()));

    assertThat(client.connect(clientInbox, certificate.fingerprints()).keys().profile())
        .isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
  }

  @Test
  void aClientThatKnowsOnlyCounterModeGetsIt() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    endpoint.expect(List.of(client.fingerprint()));

    assertThat(client.connect(clientInbox, certificate.fingerprints()).keys().profile())
        .isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
  }

  @Test
  void aCertificateThatWasNotSignalledIsRefused() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(new DtlsClient(SrtpProfile.AEAD_AES_128_GCM).fingerprint()));

    assertThatThrownBy(() -> client.connect(clientInbox, certificate.fingerprints()))
        .isInstanceOf(IOException.class);
    assertThat(server.failed.get(20, TimeUnit.SECONDS)).isEqualTo(SrtpTlsServer.WRONG_FINGERPRINT);
    assertThat(server.connected).isNotDone();
  }

  @Test
  void aClientWithoutSrtpIsRefused() throws Exception {
    DtlsClient client = new DtlsClient();
    endpoint.expect(List.of(client.fingerprint()));

    assertThatThrownBy(() -> client.connect(clientInbox, certificate.fingerprints()))
        .isInstanceOf(IOException.class);
    assertThat(server.failed.get(20, TimeUnit.SECONDS)).isEqualTo(SrtpTlsServer.NO_COMMON_PROFILE);
  }

  @Test
  void recordsThatComeBeforeTheFingerprintWaitForIt() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    CompletableFuture<DtlsClient.Association> association =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.connect(clientInbox, certificate.fingerprints());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            task -> Thread.ofVirtual().start(task));
    server.firstRecordFromClient.get(20, TimeUnit.SECONDS);
    endpoint.expect(List.of(client.fingerprint()));

    assertThat(association.get(20, TimeUnit.SECONDS).keys().localKey())
        .isEqualTo(server.connected.get(20, TimeUnit.SECONDS).remoteKey());
  }

  @Test
  void applicationDataGoesBothWays() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(client.fingerprint()));
    DTLSTransport association = client.connect(clientInbox, certificate.fingerprints()).transport();
    server.connected.get(20, TimeUnit.SECONDS);
    byte[] longest = new byte[SctpSettings.standard().packetLength()];
    random.nextBytes(longest);

    association.send(longest, 0, longest.length);
    assertThat(server.received.get(20, TimeUnit.SECONDS)).isEqualTo(longest);

    endpoint.send(ByteBuffer.wrap(longest));
    byte[] answer = new byte[2_048];
    int length = association.receive(answer, 0, answer.length, 20_000);
    assertThat(Arrays.copyOf(answer, length)).isEqualTo(longest);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void noThreadStaysWhenNothingComesAndTheNextRecordIsReadAllTheSame() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(client.fingerprint()));
    DTLSTransport association = client.connect(clientInbox, certificate.fingerprints()).transport();
    server.connected.get(20, TimeUnit.SECONDS);

    assertThat(threads.getFirst().join(Duration.ofSeconds(20))).as("the thread has ended").isTrue();
    association.send(new byte[] {1, 2, 3}, 0, 3);

    assertThat(server.received.get(20, TimeUnit.SECONDS)).containsExactly(1, 2, 3);
    assertThat(threads).hasSize(2);
  }

  @Test
  void applicationDataBeforeTheHandshakeIsLostAndCounted() {
    endpoint.send(ByteBuffer.allocate(10));

    assertThat(dropped).hasValue(1);
  }

  @Test
  void closeNotifyEndsTheAssociation() throws Exception {
    DtlsClient client = new DtlsClient(SrtpProfile.AEAD_AES_128_GCM);
    endpoint.expect(List.of(client.fingerprint()));

    client.connect(clientInbox, certificate.fingerprints()).transport().close();

    server.closed.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aFloodOfRecordsIsBoundedAndCounted() {
    for (int i = 0; i < 1_000; i++) {
      endpoint.receive(ByteBuffer.wrap(new byte[] {22, 1}));
    }

    assertThat(dropped).hasValue(1_000 - RecordInbox.CAPACITY);
  }

  @Test
  void emptyAndOversizedRecordsAreDropped() {
    endpoint.receive(ByteBuffer.allocate(0));
    endpoint.receive(ByteBuffer.allocate(5_000));

    assertThat(dropped).hasValue(2);
  }

  /** Takes what the endpoint says and carries its records to the client. */
  private final class Server implements DtlsOutput {
    final CompletableFuture<SrtpKeys> connected = new CompletableFuture<>();
    final CompletableFuture<String> failed = new CompletableFuture<>();
    final CompletableFuture<byte[]> received = new CompletableFuture<>();
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    final CompletableFuture<Boolean> firstRecordFromClient = new CompletableFuture<>();

    @Override
    public void send(byte[] record) {
      clientInbox.offer(ByteBuffer.wrap(record));
    }

    @Override
    public void connected(SrtpKeys keys) {
      connected.complete(keys);
    }

    @Override
    public void received(byte[] data) {
      received.complete(data);
    }

    @Override
    public void failed(String detail) {
      failed.complete(detail);
    }

    @Override
    public void closed() {
      closed.complete(true);
    }
  }
}
