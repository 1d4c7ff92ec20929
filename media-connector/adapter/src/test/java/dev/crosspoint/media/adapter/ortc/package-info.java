/** Tests of the package of the same name. */
@NullMarked
package dev.crosspoint.media.adapter.ortc;

import org.jspecify.annotations.NullMarked;
