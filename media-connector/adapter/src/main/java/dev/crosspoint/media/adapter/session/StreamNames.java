package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.adapter.ortc.ConsumerIdentity;
import dev.crosspoint.media.api.TransportId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Gives consumers names that nothing else in their router has. A name is never used twice: a late
 * packet of a closed consumer must not be taken for one of its successor.
 */
final class StreamNames {

  /** Used by mediasoup-client for the probation stream of its own. */
  private static final long PROBATOR_SSRC = 1_234;

  private final RandomGenerator random;
  private final Set<Long> taken = new HashSet<>(Set.of(0L, PROBATOR_SSRC));
  private final Map<TransportId, Integer> nextMid = new HashMap<>();

  StreamNames(RandomGenerator random) {
    this.random = random;
  }

  ConsumerIdentity next(TransportId transport, String cname) {
    int mid = nextMid.merge(transport, 1, Integer::sum) - 1;
    return new ConsumerIdentity(Integer.toString(mid), ssrc(), ssrc(), cname);
  }

  void forget(TransportId transport) {
    nextMid.remove(transport);
  }

  private long ssrc() {
    long ssrc = Integer.toUnsignedLong(random.nextInt());
    while (!taken.add(ssrc)) {
      ssrc = Integer.toUnsignedLong(random.nextInt());
    }
    return ssrc;
  }
}
