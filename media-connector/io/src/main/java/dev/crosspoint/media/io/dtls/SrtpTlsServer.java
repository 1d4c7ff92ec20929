package dev.crosspoint.media.io.dtls;

import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * What we insist on in a DTLS-SRTP handshake (RFC 5764, RFC 8827): DTLS 1.2, forward secrecy, an
 * extended master secret (RFC 7627), a client certificate with the signalled fingerprint, and an
 * SRTP profile that the engine knows.
 */
final class SrtpTlsServer extends DefaultTlsServer {

  static final String WRONG_FINGERPRINT =
      "the client's certificate does not match its signalled fingerprint";
  static final String NO_COMMON_PROFILE = "the client offers no SRTP profile that is supported";

  private static final int HANDSHAKE_TIMEOUT_MS = 20_000;
  private static final int RESEND_MS = 400;

  private final DtlsCertificate certificate;
  private final Collection<CertificateFingerprint> expected;
  private Optional<SrtpProfile> profile = Optional.empty();
  private Optional<SrtpKeys> keys = Optional.empty();
  private Optional<String> refusal = Optional.empty();

  SrtpTlsServer(DtlsCertificate certificate, Collection<CertificateFingerprint> expected) {
    super(certificate.crypto());
    this.certificate = certificate;
    this.expected = expected;
  }

  /** The SRTP keys; empty until the handshake is complete. */
  Optional<SrtpKeys> keys() {
    return keys;
  }

  /** Why we refused the client, when it was for a rule of ours. */
  Optional<String> refusal() {
    return refusal;
  }

  private TlsFatalAlert refuse(short alert, String reason) {
    refusal = Optional.of(reason);
    return new TlsFatalAlert(alert, reason);
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    };
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return HANDSHAKE_TIMEOUT_MS;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return RESEND_MS;
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return certificate.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(
        types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
  }

  @Override
  public void notifyClientCertificate(Certificate client) throws IOException {
    if (client.isEmpty()
        || !CertificateFingerprint.anyMatches(expected, client.getCertificateAt(0).getEncoded())) {
      throw refuse(AlertDescription.bad_certificate, WRONG_FINGERPRINT);
    }
  }

  // BouncyCastle's extension table is a raw Hashtable.
  @SuppressWarnings({"rawtypes", "JdkObsolete"})
  @Override
  public void processClientExtensions(@Nullable Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offer = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    List<Integer> offered =
        offer == null ? List.of() : Arrays.stream(offer.getProtectionProfiles()).boxed().toList();
    if (offered.contains(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM)) {
      profile = Optional.of(SrtpProfile.AEAD_AES_128_GCM);
    } else if (offered.contains(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80)) {
      profile = Optional.of(SrtpProfile.AES128_CM_HMAC_SHA1_80);
    } else {
      throw refuse(AlertDescription.handshake_failure, NO_COMMON_PROFILE);
    }
  }

  @SuppressWarnings({"rawtypes", "JdkObsolete"})
  @Override
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    int[] chosen = {profile.orElseThrow().id()};
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    SrtpProfile agreed = profile.orElseThrow();
    int key = agreed.keyLength();
    int salt = agreed.saltLength();
    byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
    // RFC 5764, section 4.2: client key, server key, client salt, server salt; we are the server.
    int salts = 2 * key;
    keys =
        Optional.of(
            new SrtpKeys(
                agreed,
                Arrays.copyOfRange(material, key, salts),
                Arrays.copyOfRange(material, salts + salt, salts + 2 * salt),
                Arrays.copyOfRange(material, 0, key),
                Arrays.copyOfRange(material, salts, salts + salt)));
    Arrays.fill(material, (byte) 0);
  }
}
