/**
 * DTLS 1.2 as the passive side of DTLS-SRTP (RFC 5764), one endpoint per transport, each on a
 * virtual thread of its own because BouncyCastle blocks. Called by the media loop only; answers by
 * {@link dev.crosspoint.media.io.dtls.DtlsOutput}.
 */
@NullMarked
package dev.crosspoint.media.io.dtls;

import org.jspecify.annotations.NullMarked;
