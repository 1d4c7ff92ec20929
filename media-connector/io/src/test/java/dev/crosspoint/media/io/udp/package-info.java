/** Tests of sending in batches. */
@NullMarked
package dev.crosspoint.media.io.udp;

import org.jspecify.annotations.NullMarked;
