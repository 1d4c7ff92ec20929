/**
 * What the engine counts: packets, bytes and the reason of every packet it dropped. Everything in
 * the engine may call it.
 */
@NullMarked
package dev.crosspoint.media.engine.counters;

import org.jspecify.annotations.NullMarked;
