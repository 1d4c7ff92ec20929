/** Tests of the package of the same name. */
@NullMarked
package dev.crosspoint.media.adapter.event;

import org.jspecify.annotations.NullMarked;
