package dev.crosspoint.media.api;

/**
 * Fingerprint of a DTLS certificate (RFC 8122).
 *
 * @param algorithm for example {@code sha-256}
 * @param value upper-case hexadecimal octets separated by colons
 */
public record DtlsFingerprint(String algorithm, String value) {}
