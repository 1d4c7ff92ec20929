/**
 * Who may use how much of this server: the flag by which administrators turn the SFU off, the
 * places that there are for calls over it, and what is given up under load. Asked by {@code
 * dev.crosspoint.call.control} for each call; knows nothing of calls but their ids.
 */
@NullMarked
package dev.crosspoint.admission.control;

import org.jspecify.annotations.NullMarked;
