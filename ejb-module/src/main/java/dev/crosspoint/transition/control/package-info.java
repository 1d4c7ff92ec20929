/**
 * The one machine that moves a call from the topology it has to the topology it should have. Pure:
 * {@link dev.crosspoint.transition.control.TransitionMachine#next} maps state, event and time to a
 * new state and effects; {@code dev.crosspoint.call} keeps the state, carries out the effects and
 * wakes the machine at its deadline.
 */
@NullMarked
package dev.crosspoint.transition.control;

import org.jspecify.annotations.NullMarked;
