package dev.crosspoint.topology;

import java.time.Instant;
import java.util.Optional;

/**
 * What the choice of a topology depends on.
 *
 * @param members how many people are in the call or wait to be let in
 * @param current what carries the call now
 * @param allReachSfu whether every one of them can use the SFU, as far as is known
 * @param allReachEachOther whether no direct path between two of them is known to be impossible
 * @param sfuNode where a new router would be made; empty when there is no SFU to be had (flag,
 *     load, no node)
 * @param smallSince since when the call is small enough for direct paths; empty when it is not
 */
public record CallFacts(
    int members,
    Realised current,
    boolean allReachSfu,
    boolean allReachEachOther,
    Optional<String> sfuNode,
    Optional<Instant> smallSince) {}
