package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SfuFlag;

/**
 * Somebody who is about to enter a call, and all that their admission may depend on. What the call
 * may then have of the SFU is another question: {@link SfuGate#offer}.
 *
 * @param people how many are in the call or on the way in, without them
 * @param capacity how many may be
 * @param banned whether administrators keep them out
 */
public record Arrival(int people, int capacity, boolean banned, Server server) {

  /**
   * The server that they come to.
   *
   * @param load as of the last look
   * @param doorAdmits whether newcomers to this server go straight in
   * @param sfu what calls may use the SFU for
   * @param sfuCalls how many calls do
   * @param sfuPlaces how many may
   */
  public record Server(Load load, boolean doorAdmits, SfuFlag sfu, int sfuCalls, int sfuPlaces) {}
}
