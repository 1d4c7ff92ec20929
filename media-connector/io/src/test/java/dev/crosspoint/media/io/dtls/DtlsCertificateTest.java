package dev.crosspoint.media.io.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.io.dtls.CertificateFingerprint.Hash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DtlsCertificateTest {

  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final DtlsCertificates certificates = new DtlsCertificates(now::get, random);

  @Test
  void theCertificateIsReplacedBeforeItExpires() {
    DtlsCertificate first = certificates.current();
    now.updateAndGet(time -> time.plus(DtlsCertificate.LIFETIME).minus(Duration.ofDays(8)));
    assertThat(certificates.current()).isSameAs(first);

    now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
    assertThat(certificates.current()).isNotSameAs(first);
    assertThat(certificates.current().expiry()).isAfter(first.expiry());
  }

  @Test
  void fingerprintsAreGivenForEveryHash() {
    assertThat(certificates.current().fingerprints())
        .extracting(CertificateFingerprint::hash)
        .containsExactly(Hash.values());
    assertThat(certificates.current().fingerprints().getFirst().value())
        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void aWeakerFingerprintDoesNotExcuseAWrongStrongerOne() {
    byte[] certificate = certificates.current().encoded();
    CertificateFingerprint right = CertificateFingerprint.of(Hash.SHA_256, certificate);
    CertificateFingerprint wrong = CertificateFingerprint.of(Hash.SHA_512, new byte[1]);

    assertThat(CertificateFingerprint.anyMatches(List.of(right), certificate)).isTrue();
    assertThat(CertificateFingerprint.anyMatches(List.of(right, wrong), certificate)).isFalse();
    assertThat(CertificateFingerprint.anyMatches(List.of(), certificate)).isFalse();
  }

  @Test
  void lowerCaseFingerprintsMatchToo() {
    byte[] certificate = certificates.current().encoded();
    String value = CertificateFingerprint.of(Hash.SHA_256, certificate).value();
    CertificateFingerprint lower =
        new CertificateFingerprint(Hash.SHA_256, value.toLowerCase(java.util.Locale.ROOT));

    assertThat(CertificateFingerprint.anyMatches(List.of(lower), certificate)).isTrue();
  }
}
