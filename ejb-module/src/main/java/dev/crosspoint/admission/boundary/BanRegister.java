package dev.crosspoint.admission.boundary;

import dev.crosspoint.admission.control.Ban;
import dev.crosspoint.admission.control.Bans;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The people whom administrators keep out of calls. */
@Singleton
public class BanRegister {
  private final Bans bans;
  private final InstantSource clock;

  @Inject
  public BanRegister(Bans bans, InstantSource clock) {
    this.bans = bans;
    this.clock = clock;
  }

  /**
   * The bans that hold, the latest first.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls
   */
  public List<BanView> read(Caller caller) {
    caller.requireAdministrator();
    return bans.latest().stream().map(BanRegister::view).toList();
  }

  /**
   * Keeps somebody out of all calls, and takes them out of those they are in. A ban that there was
   * is replaced. Blocks.
   *
   * @param subject of the person's tokens
   * @param until empty for a ban that holds until it is lifted
   * @throws CallFailure FORBIDDEN unless an administrator calls, BAD_MESSAGE when it would be over
   *     already or shut the administrator out, UNAVAILABLE when the database does not take it
   */
  public BanView ban(Caller caller, String subject, Optional<Instant> until) {
    caller.requireAdministrator();
    if (until.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "until is in the past");
    }
    if (subject.equals(caller.subject())) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "nobody keeps themselves out");
    }
    return view(DatabaseWrites.write(() -> bans.put(subject, until, caller.subject())));
  }

  /**
   * Lets somebody in again, whether they were kept out or not. Blocks.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls, UNAVAILABLE when the database does
   *     not take it
   */
  public void lift(Caller caller, String subject) {
    caller.requireAdministrator();
    DatabaseWrites.write(() -> {
      bans.lift(subject, caller.subject());
      return subject;
    });
  }

  private static BanView view(Ban ban) {
    return new BanView(ban.subject(), ban.until(), ban.by(), ban.at());
  }
}
