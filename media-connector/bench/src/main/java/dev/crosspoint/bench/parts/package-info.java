/**
 * What the parts of forwarding cost, each for itself (JMH): the cipher by each of its providers,
 * and the engine from a datagram to the datagrams that follow from it. The load tool measures the
 * whole.
 */
@NullMarked
package dev.crosspoint.bench.parts;

import org.jspecify.annotations.NullMarked;
