package dev.crosspoint.web.signaling;

import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.web.log.WebLog;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every session of this server, by its id. */
final class SignalingSessions {
  private static final int ID_BYTES = 24;

  private final Map<String, SignalingSession> sessions = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final SignalingContext context;
  private final RunningCalls calls;

  SignalingSessions(SignalingContext context, RunningCalls calls) {
    this.context = context;
    this.calls = calls;
  }

  SignalingSession open(Caller caller) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    SignalingSession session =
        new SignalingSession(id, caller, context, ended -> sessions.remove(ended.id()));
    sessions.put(id, session);
    return session;
  }

  Optional<SignalingSession> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  int size() {
    return sessions.size();
  }

  /** Gives a session up; the call is told that its participant is gone. */
  void lose(SignalingSession session) {
    session.finish();
    tellLost(session);
  }

  /** Gives up every session whose grace is over. */
  void tick(Instant now) {
    for (SignalingSession session : sessions.values()) {
      if (session.finishIfExpired(now)) {
        WebLog.LOG.sessionExpired(session.participantId().orElse("nobody"));
        context.executor().execute(() -> tellLost(session));
      }
    }
  }

  private void tellLost(SignalingSession session) {
    session.participantId().ifPresent(id -> calls.sessionLost(session.caller(), id));
  }
}
