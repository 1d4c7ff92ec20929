/**
 * What the engine has to know of a codec's payload, one class for each codec. Called by forwarding.
 */
@NullMarked
package dev.crosspoint.media.engine.codec;

import org.jspecify.annotations.NullMarked;
