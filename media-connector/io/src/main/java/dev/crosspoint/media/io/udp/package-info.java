/**
 * How a turn's datagrams reach the kernel: in one batch on Linux ({@link
 * dev.crosspoint.media.io.udp.DatagramBatch}), by Netty elsewhere.
 */
@NullMarked
package dev.crosspoint.media.io.udp;

import org.jspecify.annotations.NullMarked;
