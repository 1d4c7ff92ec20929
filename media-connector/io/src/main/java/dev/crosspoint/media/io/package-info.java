/**
 * The media server's outside: one port and one engine for each loop, with their thread, timer, DTLS
 * endpoints and commands. The resource adapter is its caller; it reports by {@link
 * dev.crosspoint.media.io.MediaServerListener} and knows nothing of Jakarta EE.
 */
@NullMarked
package dev.crosspoint.media.io;

import org.jspecify.annotations.NullMarked;
