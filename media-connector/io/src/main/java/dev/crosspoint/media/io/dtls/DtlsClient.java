package dev.crosspoint.media.io.dtls;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/**
 * A DTLS-SRTP client as a browser is one: has a certificate and checks the server's. For the load
 * tool and tests; the server itself is always the other side (RFC 5763, section 5).
 */
public final class DtlsClient {

  private final DtlsCertificate certificate =
      DtlsCertificate.generate(Instant.now(), new SecureRandom());
  private final List<SrtpProfile> offered;

  public DtlsClient(SrtpProfile... offered) {
    this.offered = List.of(offered);
  }

  public CertificateFingerprint fingerprint() {
    return CertificateFingerprint.of(CertificateFingerprint.Hash.SHA_256, certificate.encoded());
  }

  /** An association, which its owner may close. */
  public record Association(DTLSTransport transport, SrtpKeys keys) {}

  /** Shakes hands, blocking. */
  public Association connect(DatagramTransport transport, List<CertificateFingerprint> server)
      throws IOException {
    Peer peer = new Peer(server);
    DTLSTransport association = new DTLSClientProtocol().connect(peer, transport);
    return new Association(association, peer.keys.orElseThrow());
  }

  private final class Peer extends DefaultTlsClient {
    private final List<CertificateFingerprint> server;
    private SrtpProfile agreed = SrtpProfile.AES128_CM_HMAC_SHA1_80;
    private Optional<SrtpKeys> keys = Optional.empty();

    Peer(List<CertificateFingerprint> server) {
      super(certificate.crypto());
      this.server = server;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    /** What browsers prefer where the processor knows AES. */
    @Override
    protected int[] getSupportedCipherSuites() {
      return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public int getHandshakeTimeoutMillis() {
      return 20_000;
    }

    @SuppressWarnings({"rawtypes", "JdkObsolete"})
    @Override
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions = super.getClientExtensions();
      if (!offered.isEmpty()) {
        int[] ids = offered.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
      }
      return extensions;
    }

    @SuppressWarnings({"rawtypes", "JdkObsolete"})
    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
      super.processServerExtensions(extensions);
      int id = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0];
      agreed = offered.stream().filter(profile -> profile.id() == id).findFirst().orElseThrow();
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate presented) throws IOException {
          byte[] encoded = presented.getCertificate().getCertificateAt(0).getEncoded();
          if (!CertificateFingerprint.anyMatches(server, encoded)) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
          }
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return certificate.credentials(context);
        }
      };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      int key = agreed.keyLength();
      int salt = agreed.saltLength();
      byte[] all = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
      keys =
          Optional.of(
              new SrtpKeys(
                  agreed,
                  Arrays.copyOfRange(all, 0, key),
                  Arrays.copyOfRange(all, 2 * key, 2 * key + salt),
                  Arrays.copyOfRange(all, key, 2 * key),
                  Arrays.copyOfRange(all, 2 * key + salt, 2 * (key + salt))));
    }
  }
}
