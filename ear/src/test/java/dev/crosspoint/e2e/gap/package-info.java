/**
 * What people see and hear of a switch, measured: every frame that is displayed and every silence
 * and click that comes out of the loudspeaker, in real browsers.
 */
@NullMarked
package dev.crosspoint.e2e.gap;

import org.jspecify.annotations.NullMarked;
