package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.io.dtls.DtlsCertificates;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the media loops are given from outside.
 *
 * @param nanoClock monotonic time in nanoseconds
 * @param completions where the futures of commands complete, never on a loop
 * @param dtlsThreads virtual threads: for each handshake, each client that sends data, and each
 *     that is sent some
 * @param droppedDtlsRecords counts records that were lost because too many waited already
 */
public record MediaRuntime(
    LongSupplier nanoClock,
    SrtpCryptoProvider crypto,
    SecureRandom random,
    DtlsCertificates certificates,
    Executor completions,
    ThreadFactory dtlsThreads,
    MediaServerListener listener,
    AtomicLong droppedDtlsRecords) {

  MediaRuntime heardBy(MediaServerListener other) {
    return new MediaRuntime(
        nanoClock,
        crypto,
        random,
        certificates,
        completions,
        dtlsThreads,
        other,
        droppedDtlsRecords);
  }
}
