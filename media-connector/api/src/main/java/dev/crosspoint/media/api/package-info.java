/**
 * What the application may say to the media engine, and what it may hear from it: a connection
 * factory, sealed commands and replies, sealed events. Nothing here does I/O; the resource adapter
 * implements it and {@code dev.crosspoint.media} of the application is its only caller.
 *
 * <p>Names and shapes of the RTP, ICE and DTLS records are those of ORTC as spoken by {@code
 * mediasoup-client}, so that they travel between browser and engine unchanged.
 */
@NullMarked
package dev.crosspoint.media.api;

import org.jspecify.annotations.NullMarked;
