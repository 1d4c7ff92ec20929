package dev.crosspoint.media.io.dtls;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The certificate to use now. It is replaced long before it expires; a transport keeps the one
 * whose fingerprint it announced. Safe for use by several loops.
 */
public final class DtlsCertificates {

  private static final Duration ROTATE_BEFORE_EXPIRY = Duration.ofDays(7);

  private final InstantSource clock;
  private final SecureRandom random;
  private volatile DtlsCertificate current;

  public DtlsCertificates(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.current = DtlsCertificate.generate(clock.instant(), random);
  }

  /** The certificate for a new transport. */
  public DtlsCertificate current() {
    if (isDue(current)) {
      rotate();
    }
    return current;
  }

  private synchronized void rotate() {
    if (isDue(current)) {
      current = DtlsCertificate.generate(clock.instant(), random);
    }
  }

  private boolean isDue(DtlsCertificate certificate) {
    return !clock.instant().isBefore(certificate.expiry().minus(ROTATE_BEFORE_EXPIRY));
  }
}
