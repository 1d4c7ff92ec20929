/**
 * Congestion control: what senders are told about the arrival of their packets, and how much may be
 * sent to receivers by what they tell of it. Knows only RTCP of the engine. Called by transports.
 */
@NullMarked
package dev.crosspoint.media.engine.congestion;

import org.jspecify.annotations.NullMarked;
