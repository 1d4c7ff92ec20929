package dev.crosspoint.call.control;

import dev.crosspoint.media.api.DtlsParameters;
import dev.crosspoint.media.api.DtlsRole;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.IceParameters;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtcpParameters;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.api.SctpParameters;
import dev.crosspoint.media.api.SctpStreamParameters;
import dev.crosspoint.media.api.VideoCap;
import dev.crosspoint.media.control.MediaGateway;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands where the engine would be: keeps its routers and answers every command at once. */
final class SimulatedEngine implements MediaGateway {
  static final RtpParameters NO_RTP =
      new RtpParameters("", List.of(), List.of(), List.of(), new RtcpParameters("", true));

  final List<Fence> fences = new ArrayList<>();
  final List<MediaCommand<?>> commands = new ArrayList<>();
  final List<VideoCap> caps = new ArrayList<>();
  private final Set<RouterId> routers = new LinkedHashSet<>();
  private boolean running = true;

  /** From now on every command is refused, or no longer. */
  void setRunning(boolean running) {
    this.running = running;
  }

  @Override
  @SuppressWarnings("unchecked") // each command is answered with its own reply
  public <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command) {
    if (!running) {
      return CompletableFuture.failedStage(
          new MediaException(MediaErrorCode.ENGINE_UNAVAILABLE, "not running"));
    }
    fences.add(fence);
    commands.add(command);
    return CompletableFuture.completedStage((R) reply(command));
  }

  private MediaReply reply(MediaCommand<?> command) {
    return switch (command) {
      case MediaCommand.CreateRouter create -> {
        routers.add(create.router());
        yield new MediaReply.RouterCreated(new RtpCapabilities(List.of(), List.of()));
      }
      case MediaCommand.CloseRouter close -> {
        routers.remove(close.router());
        yield new MediaReply.Done();
      }
      case MediaCommand.CreateWebRtcTransport _ ->
          new MediaReply.TransportCreated(
              ice(),
              List.of(),
              new DtlsParameters(DtlsRole.server, List.of()),
              new SctpParameters(5_000, 1_024, 1_024, 262_144, 262_144, 262_144));
      case MediaCommand.RestartIce _ -> new MediaReply.IceRestarted(ice());
      case MediaCommand.Produce _ -> new MediaReply.Produced();
      case MediaCommand.Consume _ -> new MediaReply.Consumed(MediaKind.audio, NO_RTP, false);
      case MediaCommand.ProduceData _ -> new MediaReply.DataProduced();
      case MediaCommand.ConsumeData _ ->
          new MediaReply.DataConsumed(
              new SctpStreamParameters(1, true, OptionalInt.empty(), OptionalInt.empty()), "", "");
      case MediaCommand.ConnectWebRtcTransport _,
          MediaCommand.CloseTransport _,
          MediaCommand.PauseProducer _,
          MediaCommand.ResumeProducer _,
          MediaCommand.CloseProducer _,
          MediaCommand.PauseConsumer _,
          MediaCommand.ResumeConsumer _,
          MediaCommand.PinConsumer _,
          MediaCommand.RequestKeyFrame _,
          MediaCommand.SetConsumerPreferredLayers _,
          MediaCommand.CloseConsumer _,
          MediaCommand.CloseDataProducer _,
          MediaCommand.CloseDataConsumer _ ->
          new MediaReply.Done();
    };
  }

  private static IceParameters ice() {
    return new IceParameters("ufrag", "password", true);
  }

  @Override
  public CompletionStage<MediaReply.Done> capVideo(VideoCap cap) {
    caps.add(cap);
    return CompletableFuture.completedStage(new MediaReply.Done());
  }

  @Override
  public List<RouterId> routers() {
    return List.copyOf(routers);
  }

  @Override
  public MediaStats stats() {
    return new MediaStats(
        0,
        0,
        0,
        0,
        new MediaStats.Rtp(0, 0, 0),
        Map.of(),
        new MediaStats.Tcp(0, Map.of()),
        List.of());
  }
}
