/**
 * SCTP packets and chunks as they are on the wire (RFC 9260, RFC 3758, RFC 6525): reading what
 * anybody may have sent, and writing. Knows no other package of the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.sctp.packet;

import org.jspecify.annotations.NullMarked;
