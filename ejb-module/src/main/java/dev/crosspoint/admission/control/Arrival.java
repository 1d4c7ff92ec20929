package dev.crosspoint.admission.control;

/**
 * Somebody who is about to enter a call, and what their admission may depend on. What the call may
 * then have of the SFU is another question: {@link SfuGate#offer}.
 *
 * @param people how many are in the call or on the way in, without them
 * @param capacity how many may be
 * @param doorAdmits whether newcomers to this server go straight in
 * @param banned whether administrators keep them out
 */
public record Arrival(int people, int capacity, boolean doorAdmits, boolean banned) {}
