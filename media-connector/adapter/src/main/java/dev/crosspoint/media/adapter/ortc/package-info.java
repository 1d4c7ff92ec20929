/**
 * Negotiation between clients, routers and the engine as ORTC has it: pure functions that decide
 * whether an unmodified {@code mediasoup-client} understands us. Called by router sessions.
 */
@NullMarked
package dev.crosspoint.media.adapter.ortc;

import org.jspecify.annotations.NullMarked;
