package dev.crosspoint.media.io.dtls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Fingerprint of a certificate (RFC 8122, section 5).
 *
 * @param value upper-case hexadecimal octets separated by colons
 */
public record CertificateFingerprint(Hash hash, String value) {

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** The hash functions that WebRTC clients use, weakest first. */
  public enum Hash {
    SHA_256("sha-256"),
    SHA_384("sha-384"),
    SHA_512("sha-512");

    private final String label;

    Hash(String label) {
      this.label = label;
    }

    /** Name in SDP and ORTC, for example {@code sha-256}. */
    public String label() {
      return label;
    }

    /** The hash function of a name, whatever its case. */
    public static Optional<Hash> labelled(String label) {
      for (Hash hash : values()) {
        if (hash.label.equals(label.toLowerCase(Locale.ROOT))) {
          return Optional.of(hash);
        }
      }
      return Optional.empty();
    }
  }

  public CertificateFingerprint {
    value = value.toUpperCase(Locale.ROOT);
  }

  /**
   * @param certificate DER
   */
  public static CertificateFingerprint of(Hash hash, byte[] certificate) {
    try {
      byte[] digest = MessageDigest.getInstance(hash.label()).digest(certificate);
      return new CertificateFingerprint(hash, COLONS.formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }

  /**
   * Whether a certificate is the signalled one. Of several hash functions only the strongest counts
   * (RFC 8122, section 5), so a weaker fingerprint cannot be slipped in beside a stronger.
   *
   * @param certificate DER
   */
  static boolean anyMatches(Collection<CertificateFingerprint> signalled, byte[] certificate) {
    Optional<Hash> strongest =
        signalled.stream().map(CertificateFingerprint::hash).max(Hash::compareTo);
    return strongest.isPresent()
        && signalled.stream()
            .filter(fingerprint -> fingerprint.hash == strongest.get())
            .anyMatch(fingerprint -> fingerprint.matches(certificate));
  }

  private boolean matches(byte[] certificate) {
    byte[] presented = of(hash, certificate).value.getBytes(US_ASCII);
    return MessageDigest.isEqual(presented, value.getBytes(US_ASCII));
  }
}
