package dev.crosspoint.media.io.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A self-signed ECDSA P-256 certificate with its key, and the primitives of handshakes that present
 * it. WebRTC trusts it by its signalled fingerprint (RFC 8827, section 6.5), so nobody has to issue
 * it and it names nobody.
 */
public final class DtlsCertificate {

  static final Duration LIFETIME = Duration.ofDays(30);

  /** Clocks of clients differ from ours. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final int SERIAL_BITS = 64;

  private final BcTlsCrypto crypto;
  private final AsymmetricKeyParameter privateKey;
  private final byte[] encoded;
  private final Certificate chain;
  private final Instant expiry;
  private final List<CertificateFingerprint> fingerprints;

  private DtlsCertificate(
      BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, byte[] encoded, Instant expiry)
      throws IOException {
    this.crypto = crypto;
    this.privateKey = privateKey;
    this.encoded = encoded;
    this.chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)});
    this.expiry = expiry;
    this.fingerprints =
        Arrays.stream(CertificateFingerprint.Hash.values())
            .map(hash -> CertificateFingerprint.of(hash, encoded))
            .toList();
  }

  static DtlsCertificate generate(Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=WebRTC");
      Instant expiry = now.plus(LIFETIME);
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(SERIAL_BITS, random).setBit(0),
                  Date.from(now.minus(BACKDATED)),
                  Date.from(expiry),
                  name,
                  keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return new DtlsCertificate(
          new SmallTlsCrypto(random),
          PrivateKeyFactory.createKey(keys.getPrivate().getEncoded()),
          encoded,
          expiry);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java platform cannot make an ECDSA certificate", e);
    }
  }

  /** One for each hash function that a client may want to check. */
  public List<CertificateFingerprint> fingerprints() {
    return fingerprints;
  }

  Instant expiry() {
    return expiry;
  }

  byte[] encoded() {
    return encoded.clone();
  }

  /** What handshakes compute with. */
  BcTlsCrypto crypto() {
    return crypto;
  }

  /** Presents the certificate in a handshake, and proves that the key is here. */
  TlsCredentialedSigner credentials(TlsContext handshake) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(handshake),
        crypto,
        privateKey,
        chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }
}
