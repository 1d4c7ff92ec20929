/**
 * What the engine has to know of codecs' payloads: where frames begin, which layers they belong to,
 * and the numbers in them that a receiver wants to see go on evenly. Called by forwarding.
 */
@NullMarked
package dev.crosspoint.media.engine.codec;

import org.jspecify.annotations.NullMarked;
