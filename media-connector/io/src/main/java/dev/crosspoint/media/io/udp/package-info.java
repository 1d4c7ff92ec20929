/**
 * How datagrams come from the kernel and go to it: in batches on Linux ({@link
 * dev.crosspoint.media.io.udp.DatagramReader}, {@link dev.crosspoint.media.io.udp.DatagramBatch}),
 * by Netty elsewhere.
 */
@NullMarked
package dev.crosspoint.media.io.udp;

import org.jspecify.annotations.NullMarked;
