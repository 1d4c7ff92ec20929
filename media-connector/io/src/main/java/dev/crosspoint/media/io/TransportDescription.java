package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.io.dtls.CertificateFingerprint;
import java.util.List;

/** What a client needs to reach a transport. */
public record TransportDescription(
    IceCredentials iceCredentials,
    List<HostCandidate> candidates,
    List<CertificateFingerprint> fingerprints) {
  public TransportDescription {
    candidates = List.copyOf(candidates);
    fingerprints = List.copyOf(fingerprints);
  }
}
