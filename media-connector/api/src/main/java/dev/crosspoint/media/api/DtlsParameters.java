package dev.crosspoint.media.api;

import java.util.List;

/** One side's DTLS role and certificate fingerprints (ORTC {@code RTCDtlsParameters}). */
public record DtlsParameters(DtlsRole role, List<DtlsFingerprint> fingerprints) {
  public DtlsParameters {
    fingerprints = List.copyOf(fingerprints);
  }
}
