package dev.crosspoint.media.api;

/**
 * What a transport's SCTP association is capable of, in the words of mediasoup-client, old ones and
 * new ones.
 *
 * @param port SCTP port of the engine's side (RFC 8841, section 5)
 * @param OS streams that the engine may send on
 * @param MIS streams that the engine receives on
 * @param maxMessageSize longest message in either direction, in bytes
 * @param maxSendMessageSize longest message that the engine sends, in bytes
 * @param maxReceiveMessageSize longest message that the engine takes, in bytes
 */
@SuppressWarnings("MemberName") // the names that clients know
public record SctpParameters(
    int port,
    int OS,
    int MIS,
    int maxMessageSize,
    int maxSendMessageSize,
    int maxReceiveMessageSize) {}
