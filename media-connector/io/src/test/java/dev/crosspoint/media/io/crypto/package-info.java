/** Tests of the native SRTP primitives. */
@NullMarked
package dev.crosspoint.media.io.crypto;

import org.jspecify.annotations.NullMarked;
