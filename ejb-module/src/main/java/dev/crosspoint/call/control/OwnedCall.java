package dev.crosspoint.call.control;

/**
 * A call that this server owns.
 *
 * @param epoch under which every write and media command of this ownership goes
 * @param lastTransition number of the call's latest transition, 0 before the first
 */
public record OwnedCall(String id, String name, long epoch, long lastTransition) {}
