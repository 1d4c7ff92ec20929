/**
 * What mediasoup-client wants to know before it makes a data channel; nothing is sent on it. A data channel makes it connect a transport
 * (ICE and DTLS) before there is a track, and whether the router knows data channels does not matter for that.
 */
export const NO_SCTP = { port: 5000, OS: 1, MIS: 1, maxMessageSize: 1, maxSendMessageSize: 1, maxReceiveMessageSize: 1 };
