/**
 * The media engine's door: bytes, commands and the time go in; bytes, events and the next deadline
 * come out. One thread at a time may call it; it owns no socket, thread, clock or log.
 */
@NullMarked
package dev.crosspoint.media.engine;

import org.jspecify.annotations.NullMarked;
