/**
 * The WebSocket door: sockets, the sessions that outlive them, and the messages between a client
 * and its call. Called by the container; calls the application's boundary.
 */
@NullMarked
package dev.crosspoint.web.signaling;

import org.jspecify.annotations.NullMarked;
