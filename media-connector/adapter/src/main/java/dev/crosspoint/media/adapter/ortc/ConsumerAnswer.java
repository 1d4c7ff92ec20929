package dev.crosspoint.media.adapter.ortc;

import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;

/**
 * A producer's stream on its way to one client, after negotiation.
 *
 * @param client what the client is told
 * @param engine what the engine is told: the same numbers
 */
public record ConsumerAnswer(RtpParameters client, ConsumerParameters engine) {}
