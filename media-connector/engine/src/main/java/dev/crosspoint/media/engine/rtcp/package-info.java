/**
 * RTCP (RFC 3550, 4585, 5104): reading and writing compound packets over buffers, without
 * allocation. Knows no other package of the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.rtcp;

import org.jspecify.annotations.NullMarked;
