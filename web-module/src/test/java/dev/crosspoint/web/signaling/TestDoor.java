package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import dev.crosspoint.web.json.ContractSchemas;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The door with real parts, but time, network, calls and threads in the hands of the test. */
final class TestDoor implements SignalingMonitor {
  static final String JOIN =
      """
      {"id":1,"message":{"type":"join","displayName":"Ada","sources":[],
       "device":{"browser":"b","version":"1","sfuCapable":true}}}
      """;
  static final Caller ADA = new Caller("ada", "Ada", Set.of(Role.USER), Optional.of("call"));

  private static final ContractSchemas SCHEMAS = new ContractSchemas();

  final TestClock clock = new TestClock();
  final TestCalls calls = new TestCalls();
  final Map<ErrorCode, Integer> refusals = new EnumMap<>(ErrorCode.class);
  final SignalingDoor door;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean held;

  TestDoor() {
    this(null);
  }

  /** With an executor of the test's own. */
  TestDoor(@Nullable Executor executor) {
    Executor own = executor == null ? this::execute : executor;
    SignalingSettings settings = TestSettings.SETTINGS;
    door =
        new SignalingDoor(
            new SignalingContext(settings, new SignalingCodec(settings, SCHEMAS), this, clock, own),
            calls);
  }

  /** Clients have had the time they get to close sockets that are of no more use. */
  void closeGrace() {
    clock.advance(SignalingSettings.CLOSE_GRACE);
    door.tick();
  }

  /** From now on tasks wait for {@link #runTasks}. */
  void holdTasks() {
    held = true;
  }

  void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  SignalingConnection open(TestWire wire) {
    return door.opened(ADA, wire);
  }

  /** A socket whose caller has joined. */
  SignalingConnection joined(TestWire wire) {
    SignalingConnection connection = open(wire);
    connection.received(JOIN);
    return connection;
  }

  static String sessionId(TestWire wire) {
    return wire.frames().stream()
        .map(frame -> frame.path("message").path("sessionId"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst()
        .orElseThrow();
  }

  static String resume(String sessionId, long lastSequence) {
    return "{\"id\":1,\"message\":{\"type\":\"resume\",\"sessionId\":\"%s\",\"lastSeq\":%d}}"
        .formatted(sessionId, lastSequence);
  }

  @Override
  public void request(String type) {}

  @Override
  public void refusal(ErrorCode code) {
    refusals.merge(code, 1, Integer::sum);
  }

  @Override
  public void event(String type) {}

  private void execute(Runnable task) {
    tasks.add(task);
    if (!held) {
      runTasks();
    }
  }
}
