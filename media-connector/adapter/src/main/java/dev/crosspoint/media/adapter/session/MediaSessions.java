package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.adapter.event.EventSink;
import dev.crosspoint.media.adapter.log.MediaLog;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.api.VideoCap;
import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.io.EngineHost;
import dev.crosspoint.media.io.EngineTask;
import dev.crosspoint.media.io.MediaServer;
import dev.crosspoint.media.io.MediaServerListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/**
 * All routers of this server, as the application sees them: fenced commands in, events out. Safe
 * for use by several threads.
 */
public final class MediaSessions implements MediaServerListener {

  private final RtpCapabilities capabilities;
  private final EventSink events;
  private final RandomGenerator random;
  private final FenceRegister fences = new FenceRegister();
  private final ConcurrentMap<String, RouterSession> sessions = new ConcurrentHashMap<>();

  /**
   * @param capabilities of every router
   * @param random for stream identifiers; safe for use by several loops
   */
  public MediaSessions(RtpCapabilities capabilities, EventSink events, RandomGenerator random) {
    this.capabilities = capabilities;
    this.events = events;
    this.random = random;
  }

  /** Hands a command to the media loop of its router. */
  public <R extends MediaReply> CompletionStage<R> submit(
      MediaServer server, Fence fence, MediaCommand<R> command) {
    String router = command.router().value();
    EngineTask<Outcome> task = host -> attempt(fence, command, host);
    CompletableFuture<Outcome> outcome =
        switch (command) {
          case MediaCommand.CreateRouter _, MediaCommand.CloseRouter _ ->
              server.onPlacedRouter(router, task);
          default -> server.onRouter(router, task);
        };
    return outcome.handle((result, failure) ->
        reply(command, failure == null ? result : refusal(Failures.of(failure))));
  }

  /** Limits the video of all routers, those to come included. */
  public CompletionStage<MediaReply.Done> capVideo(MediaServer server, VideoCap cap) {
    dev.crosspoint.media.engine.forwarding.VideoCap engine =
        switch (cap) {
          case FULL -> dev.crosspoint.media.engine.forwarding.VideoCap.FULL;
          case REDUCED -> dev.crosspoint.media.engine.forwarding.VideoCap.REDUCED;
          case LOW -> dev.crosspoint.media.engine.forwarding.VideoCap.LOW;
        };
    return server
        .capVideo(engine)
        .handle((_, failure) -> {
          if (failure != null) {
            throw Failures.of(failure);
          }
          return new MediaReply.Done();
        });
  }

  private static Outcome refusal(RuntimeException failure) {
    if (failure instanceof MediaException known) {
      return new Outcome.Refused(known);
    }
    throw failure;
  }

  /**
   * What came of a command. A refusal is an answer, it must not look like a failure of the loop.
   */
  private sealed interface Outcome {
    record Replied(MediaReply reply) implements Outcome {}

    record Refused(MediaException reason) implements Outcome {}
  }

  // A command's type says what its reply is: RouterSession answers accordingly.
  @SuppressWarnings("unchecked")
  private static <R extends MediaReply> R reply(MediaCommand<R> command, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Replied(MediaReply reply) -> (R) reply;
      case Outcome.Refused(MediaException reason)
          when reason.code() == MediaErrorCode.ROUTER_NOT_FOUND && closes(command) ->
          (R) new MediaReply.Done();
      case Outcome.Refused(MediaException reason) -> throw reason;
    };
  }

  /** With its router everything in it is closed already. */
  private static boolean closes(MediaCommand<?> command) {
    return switch (command) {
      case MediaCommand.CloseTransport _,
          MediaCommand.CloseProducer _,
          MediaCommand.CloseConsumer _,
          MediaCommand.CloseDataProducer _,
          MediaCommand.CloseDataConsumer _ ->
          true;
      default -> false;
    };
  }

  private Outcome attempt(Fence fence, MediaCommand<?> command, EngineHost host) {
    try {
      fences.admit(command.router(), fence);
      return new Outcome.Replied(run(command, host));
    } catch (MediaException refused) {
      return new Outcome.Refused(refused);
    } catch (EngineException refused) {
      return new Outcome.Refused(Failures.of(refused));
    }
  }

  private MediaReply run(MediaCommand<?> command, EngineHost host) {
    String router = command.router().value();
    return switch (command) {
      case MediaCommand.CreateRouter create ->
          sessions
              .computeIfAbsent(router, _ -> new RouterSession(capabilities, random))
              .run(create, host);
      case MediaCommand.CloseRouter close -> {
        sessions.remove(router);
        yield new RouterSession(capabilities, random).run(close, host);
      }
      default -> known(router).run(command, host);
    };
  }

  private RouterSession known(String router) {
    RouterSession session = sessions.get(router);
    if (session == null) {
      throw new MediaException(MediaErrorCode.ROUTER_NOT_FOUND, "no router " + router);
    }
    return session;
  }

  /** Counters and liveness. */
  public MediaStats stats(MediaServer server) {
    return Statistics.of(server);
  }

  @Override
  public void engineEvent(EngineEvent event) {
    RouterSession session = sessions.get(event.routerId());
    if (session != null) {
      forget(session, event);
    }
    if (event instanceof EngineEvent.DtlsStateChanged dtls && dtls.state() == DtlsState.FAILED) {
      MediaLog.LOG.dtlsFailed(dtls.routerId(), dtls.transportId(), dtls.detail());
    }
    EngineEvents.translate(event).ifPresent(media -> events.publish(event.routerId(), media));
  }

  private static void forget(RouterSession session, EngineEvent event) {
    if (event instanceof EngineEvent.TransportClosed closed) {
      session.transportClosed(new TransportId(closed.transportId()));
    } else if (event instanceof EngineEvent.ConsumerClosed closed) {
      session.consumerClosed(new ConsumerId(closed.consumerId()));
    }
  }

  @Override
  public void dtlsClosed(String routerId, String transportId) {
    RouterSession session = sessions.get(routerId);
    if (session != null) {
      session.transportClosed(new TransportId(transportId));
    }
    events.publish(
        routerId,
        new MediaEvent.DtlsStateChanged(
            new RouterId(routerId), new TransportId(transportId), MediaEvent.DtlsState.CLOSED, ""));
  }

  @Override
  public void loopFailed(int loop, List<String> routers, Throwable cause) {
    routers.forEach(sessions::remove);
    MediaLog.LOG.loopFailed(loop, routers.size(), cause);
    events.publish(
        "loop " + loop,
        new MediaEvent.LoopFailed(loop, routers.stream().map(RouterId::new).toList()));
  }
}
