/**
 * What mends losses: requests for missing packets and the memory that answers such requests. Called
 * by forwarding.
 */
@NullMarked
package dev.crosspoint.media.engine.repair;

import org.jspecify.annotations.NullMarked;
