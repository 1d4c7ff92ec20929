/**
 * Which calls of this server may use the SFU: the flag by which administrators turn it off, and the
 * places that there are. Asked by {@code dev.crosspoint.call.control} for each call; knows nothing
 * of calls but their ids.
 */
@NullMarked
package dev.crosspoint.admission.control;

import org.jspecify.annotations.NullMarked;
