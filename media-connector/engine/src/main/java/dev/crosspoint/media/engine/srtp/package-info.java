/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): keys, indexes, replay protection and packet layout. The AES
 * and HMAC primitives come through SrtpCryptoProvider, which io may implement.
 */
@NullMarked
package dev.crosspoint.media.engine.srtp;

import org.jspecify.annotations.NullMarked;
