package dev.crosspoint.media.api;

/**
 * A host candidate of the engine (RFC 8445, section 5.1).
 *
 * @param foundation RFC 8445, section 5.1.1.3
 * @param priority unsigned 32 bits (RFC 8445, section 5.1.2)
 * @param address IPv4 or IPv6 literal
 * @param protocol {@code udp} or {@code tcp}
 * @param port 1 to 65535
 * @param type {@code host}
 * @param tcpType {@code passive} for TCP (RFC 6544); empty for UDP
 */
public record IceCandidate(
    String foundation,
    long priority,
    String address,
    String protocol,
    int port,
    String type,
    String tcpType) {}
