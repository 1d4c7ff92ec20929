/**
 * The resource adapter (Jakarta Connectors 2.1): its start and stop, connections out to the engine,
 * activation of endpoints that hear it, and its numbered log messages. The container is its caller.
 */
@NullMarked
package dev.crosspoint.media.adapter;

import org.jspecify.annotations.NullMarked;
