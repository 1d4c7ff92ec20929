package dev.crosspoint.media.engine.data;

import dev.crosspoint.media.engine.sctp.Reliability;

/**
 * How a client sends on a data channel; those who receive are sent in the same way.
 *
 * @param streamId of the client's SCTP association
 * @param ordered whether messages arrive in order
 */
public record DataProducerParameters(int streamId, boolean ordered, Reliability reliability) {}
