/**
 * The switch: a router with its producers and consumers, key frame requests, and the rewriting of
 * numbers. Called by the engine and by transports; sends through the MediaChannel it is given.
 */
@NullMarked
package dev.crosspoint.media.engine.forwarding;

import org.jspecify.annotations.NullMarked;
