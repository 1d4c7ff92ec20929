/** Tests of framing. */
@NullMarked
package dev.crosspoint.media.io.tcp;

import org.jspecify.annotations.NullMarked;
