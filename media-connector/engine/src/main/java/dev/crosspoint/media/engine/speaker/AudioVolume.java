package dev.crosspoint.media.engine.speaker;

/**
 * How loud somebody is.
 *
 * @param producerId of the stream in which they were heard last
 * @param level smoothed, in -dBov: 0 is the loudest, 127 is silence (RFC 6464, 3)
 */
public record AudioVolume(String producerId, int level) {}
