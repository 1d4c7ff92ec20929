/**
 * One SCTP association over a DTLS connection (RFC 9260, RFC 8261), with partial reliability (RFC
 * 3758) and stream reset (RFC 6525): packets and time in; packets, messages and the next deadline
 * out. Called by transports.
 */
@NullMarked
package dev.crosspoint.media.engine.sctp;

import org.jspecify.annotations.NullMarked;
