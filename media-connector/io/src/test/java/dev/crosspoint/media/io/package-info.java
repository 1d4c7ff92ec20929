/** Tests of the media server over real UDP on loopback. */
@NullMarked
package dev.crosspoint.media.io;

import org.jspecify.annotations.NullMarked;
