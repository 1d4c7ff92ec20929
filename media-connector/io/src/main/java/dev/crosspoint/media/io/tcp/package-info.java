/**
 * TCP connections of clients: frames (RFC 4571), and the bounds within which strangers and slow
 * readers are kept. The media loop's port calls it; it hands frames on by {@link
 * dev.crosspoint.media.io.tcp.FrameHandler}.
 */
@NullMarked
package dev.crosspoint.media.io.tcp;

import org.jspecify.annotations.NullMarked;
