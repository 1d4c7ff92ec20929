package dev.crosspoint.node.control;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * This server's lease as the server itself knows it: by its own clock, because the database may not
 * answer. It counts from before the database was asked, so it ends here before it ends there.
 */
@Singleton
public class HeldLease {
  /** Safe against clocks that do not run alike, and for what is on its way when it ends. */
  private static final int MARGIN_DIVISOR = 10;

  /**
   * Early enough that a renewal, tried again all the time while the database is away, only comes
   * too late when the database was away for more than half a lease, which every other server has
   * then seen, too.
   */
  private static final int RENEWAL_DIVISOR = 4;

  private final NodeLeases leases;
  private final NodeSettings node;
  private final MonotonicClock clock;
  private volatile OptionalLong heldFrom = OptionalLong.empty();

  @Inject
  public HeldLease(NodeLeases leases, NodeSettings node, MonotonicClock clock) {
    this.leases = leases;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Whether the lease is held: nobody else has taken this server's calls. While it is not, this
   * server changes no topology and lets nobody in.
   */
  public boolean held() {
    return youngerThan(node.lease().minus(node.lease().dividedBy(MARGIN_DIVISOR)));
  }

  /** Begins this life of the server. */
  public void take() {
    long asked = clock.nanos();
    leases.take(node);
    heldFrom = OptionalLong.of(asked);
  }

  /**
   * Renews the lease when it is time.
   *
   * @return false when another life of this server has begun, so that this one must not go on
   */
  public boolean renewIfDue() {
    if (youngerThan(node.lease().dividedBy(RENEWAL_DIVISOR))) {
      return true;
    }
    long asked = clock.nanos();
    boolean renewed = leases.renew(node);
    heldFrom = renewed ? OptionalLong.of(asked) : OptionalLong.empty();
    return renewed;
  }

  /** Ends this life of the server. */
  public void giveUp() {
    heldFrom = OptionalLong.empty();
    leases.giveUp(node);
  }

  private boolean youngerThan(Duration age) {
    OptionalLong from = heldFrom;
    return from.isPresent() && clock.nanos() - from.getAsLong() < age.toNanos();
  }
}
