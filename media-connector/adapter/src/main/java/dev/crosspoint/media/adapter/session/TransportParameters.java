package dev.crosspoint.media.adapter.session;

import static dev.crosspoint.media.api.MediaErrorCode.INVALID_DTLS_PARAMETERS;

import dev.crosspoint.media.api.DtlsFingerprint;
import dev.crosspoint.media.api.DtlsParameters;
import dev.crosspoint.media.api.DtlsRole;
import dev.crosspoint.media.api.IceCandidate;
import dev.crosspoint.media.api.IceParameters;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.SctpParameters;
import dev.crosspoint.media.engine.data.DataTransport;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.sctp.SctpSettings;
import dev.crosspoint.media.io.HostCandidate;
import dev.crosspoint.media.io.TransportDescription;
import dev.crosspoint.media.io.dtls.CertificateFingerprint;
import java.util.List;
import java.util.Optional;

/** Transports in the words of ORTC. */
final class TransportParameters {

  private TransportParameters() {}

  static MediaReply.TransportCreated created(TransportDescription transport) {
    return new MediaReply.TransportCreated(
        ice(transport.iceCredentials()),
        transport.candidates().stream().map(TransportParameters::candidate).toList(),
        new DtlsParameters(
            DtlsRole.auto,
            transport.fingerprints().stream()
                .map(own -> new DtlsFingerprint(own.hash().label(), own.value()))
                .toList()),
        sctp());
  }

  private static SctpParameters sctp() {
    SctpSettings settings = DataTransport.settings();
    return new SctpParameters(
        settings.port(),
        settings.streams(),
        settings.streams(),
        settings.maxMessageLength(),
        settings.maxMessageLength(),
        settings.maxMessageLength());
  }

  static IceParameters ice(IceCredentials credentials) {
    return new IceParameters(credentials.usernameFragment(), credentials.password(), true);
  }

  private static IceCandidate candidate(HostCandidate candidate) {
    boolean tcp = candidate.protocol() == HostCandidate.Protocol.TCP_PASSIVE;
    return new IceCandidate(
        candidate.foundation(),
        candidate.priority(),
        candidate.address().getHostAddress(),
        tcp ? "tcp" : "udp",
        candidate.port(),
        "host",
        tcp ? "passive" : "");
  }

  /**
   * The fingerprints that can be checked.
   *
   * @throws MediaException {@code INVALID_DTLS_PARAMETERS} when there is none, or when the client
   *     wants to be the DTLS server, which we always are
   */
  static List<CertificateFingerprint> fingerprints(DtlsParameters remote) {
    if (remote.role() == DtlsRole.server) {
      throw new MediaException(INVALID_DTLS_PARAMETERS, "the client must be the DTLS client");
    }
    List<CertificateFingerprint> known =
        remote.fingerprints().stream()
            .flatMap(fingerprint -> fingerprint(fingerprint).stream())
            .toList();
    if (known.isEmpty()) {
      throw new MediaException(
          INVALID_DTLS_PARAMETERS, "no fingerprint by sha-256, sha-384 or sha-512");
    }
    return known;
  }

  private static Optional<CertificateFingerprint> fingerprint(DtlsFingerprint fingerprint) {
    return CertificateFingerprint.Hash.labelled(fingerprint.algorithm())
        .map(hash -> new CertificateFingerprint(hash, fingerprint.value()));
  }
}
