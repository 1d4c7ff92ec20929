/**
 * Which path the media of every ordered pair of participants takes, and which it should take. Pure:
 * no clock, no I/O, no database. Called by {@code dev.crosspoint.transition.control}, which gets a
 * call from the one to the other.
 */
@NullMarked
package dev.crosspoint.topology;

import org.jspecify.annotations.NullMarked;
