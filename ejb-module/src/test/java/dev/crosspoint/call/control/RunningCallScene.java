package dev.crosspoint.call.control;

import dev.crosspoint.admission.control.AdmissionArbiter;
import dev.crosspoint.admission.control.AdmissionSettings;
import dev.crosspoint.admission.control.BanPolicy;
import dev.crosspoint.admission.control.BanStore;
import dev.crosspoint.admission.control.Bans;
import dev.crosspoint.admission.control.CallSizePolicy;
import dev.crosspoint.admission.control.Door;
import dev.crosspoint.admission.control.EngineLoad;
import dev.crosspoint.admission.control.Load;
import dev.crosspoint.admission.control.LoadSettings;
import dev.crosspoint.admission.control.Overload;
import dev.crosspoint.admission.control.OverloadPolicy;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.SdpType;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SessionDescription;
import dev.crosspoint.contract.Source;
import dev.crosspoint.contract.SourceRole;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.node.control.HeldLease;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.TransitionMachine;
import dev.crosspoint.transition.control.TransitionTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/**
 * A call on this server with a real database, virtual time and a simulated engine, and three people
 * about to join it.
 */
abstract class RunningCallScene {
  static final String CALL = "k7h2m4";
  static final int CAPACITY = 4;
  static final Duration CALM = Duration.ofSeconds(15);

  static final RtpCapabilities NOTHING_RECEIVABLE = new RtpCapabilities(List.of(), List.of());

  /** The contract's limit. */
  static final int LONGEST_ID = 64;

  final TestDatabase database = TestDatabase.fresh();
  final VirtualTime time = new VirtualTime();
  final SimulatedEngine engine = new SimulatedEngine();
  final RecordedMeter meter = new RecordedMeter();
  final List<TransitionOutcome> outcomes = meter.outcomes;
  final List<WaitReason> waits = meter.waits;
  final CallLifetimes lifetimes =
      new CallLifetimes(Duration.ofHours(24), Duration.ofDays(7), Duration.ofHours(4));
  final CallStore store = new CallStore(database, time);
  final NodeSettings node = new NodeSettings("node-1", Duration.ofMinutes(5));
  private Duration asleep = Duration.ZERO;
  final HeldLease lease =
      new HeldLease(new NodeLeases(database), node, () -> time.nanos() + asleep.toNanos());
  final SfuGate gate = new SfuGate(new AdmissionSettings(sfuCalls(), "on"), node);
  final Door door = new Door();
  final Bans bans = new Bans(new BanStore(database), time);
  final Overload overload =
      new Overload(
          new LoadSettings(70, 80, 90, 70, 60, Duration.ofSeconds(5), Duration.ofSeconds(15), CALM),
          gate,
          door,
          new EngineLoad(engine));
  final CallDirectory directory =
      new CallDirectory(
          new CallTools(
              new TransitionMachine(
                  new TopologyPolicy(2, 3, 1, CAPACITY, CAPACITY, Duration.ofSeconds(5)),
                  TransitionTimes.DEFAULT),
              store,
              new StoryWriter(database)::write,
              engine,
              gate,
              new AdmissionArbiter(
                  List.of(new BanPolicy(), new CallSizePolicy(), new OverloadPolicy())),
              bans,
              overload,
              time,
              meter,
              time,
              new CallIds(),
              Runnable::run,
              CAPACITY,
              new ProbeSettings(standsBy(), Duration.ofSeconds(30)),
              new SpeakerPolicy(3, 4),
              node,
              lifetimes,
              lease::held,
              List.of()));
  final CallBoundary calls = new CallBoundary(directory);
  final TestClient ada = client("ada");
  final TestClient ben = client("ben");
  final TestClient cleo = client("cleo");

  /** Whether paths to the SFU are kept ready. */
  boolean standsBy() {
    return true;
  }

  /** How many calls may use the SFU. */
  int sfuCalls() {
    return 10;
  }

  @BeforeEach
  void createCall() {
    lease.take();
    store.create(call(CALL));
  }

  CallEntity call(String id) {
    return new CallEntity(id, "Weekly", "ada", time.instant());
  }

  /** A look at the load, some time after the last one. */
  void load(double cpuPercent) {
    load(cpuPercent, CALM);
  }

  void load(double cpuPercent, Duration since) {
    time.pass(since);
    overload.follow(new Load(cpuPercent, 0, 0), time.nanos());
  }

  /** As if this server had not run for a while, or not reached the database. */
  void leaseRunsOut() {
    asleep = asleep.plus(node.lease());
  }

  TestClient client(String name) {
    return new TestClient(calls, name, CALL);
  }

  Stream<TestClient> everybody() {
    return Stream.of(ada, ben, cleo);
  }

  void twoTalk() {
    ada.join();
    ben.join();
  }

  void threeOverSfu() {
    twoTalk();
    cleo.join();
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
  }

  String produce(TestClient client) {
    ServerReply reply =
        client.say(
            new ClientMessage.Produce(
                client.sfuPathId(),
                transport(client, TransportDirection.SEND),
                "mic",
                MediaKind.audio,
                SimulatedEngine.NO_RTP,
                false));
    return ((ServerReply.Produced) reply).producerId();
  }

  String transport(TestClient client, TransportDirection direction) {
    ServerReply reply =
        client.say(
            new ClientMessage.CreateWebRtcTransport(
                client.sfuPathId(), direction, Optional.of(NOTHING_RECEIVABLE)));
    return ((ServerReply.WebRtcTransport) reply).transportId();
  }

  static ClientMessage describe(TestClient client, SdpType type) {
    return new ClientMessage.SignalDescription(
        client.directPath().pathId(), new SessionDescription(type, "v=0", List.of()));
  }

  static Source microphone(boolean muted) {
    return new Source("mic", MediaKind.audio, SourceRole.MICROPHONE, muted);
  }
}
