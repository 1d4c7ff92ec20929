/**
 * Who speaks: audio levels, the dominant speaker, and who is loud enough to be forwarded. Called by
 * the router and its producers; knows RTP packets and nothing else of the engine.
 */
@NullMarked
package dev.crosspoint.media.engine.speaker;

import org.jspecify.annotations.NullMarked;
