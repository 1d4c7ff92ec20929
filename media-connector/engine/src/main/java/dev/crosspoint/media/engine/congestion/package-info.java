/**
 * Congestion control: what senders are told about the arrival of their packets. Called by
 * transports.
 */
@NullMarked
package dev.crosspoint.media.engine.congestion;

import org.jspecify.annotations.NullMarked;
