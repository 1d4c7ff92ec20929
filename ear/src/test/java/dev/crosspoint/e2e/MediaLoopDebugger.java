package dev.crosspoint.e2e;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Harms the only media loop of a server from outside, by the debug interface of its JVM. What it
 * does ends with it.
 */
final class MediaLoopDebugger implements AutoCloseable {
  private static final String PORT = "8787";

  /** What a server needs to be harmed: one loop, so that it is known which one carries a call. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "CROSSPOINT_MEDIA_LOOPS",
          "1",
          "JVM_ARGS",
          "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + PORT);

  private static final String LOOP = "dev.crosspoint.media.io.MediaLoop";
  private static final String THREAD = "media-loop-0";
  private static final long TURN_MS = 10_000;

  private final VirtualMachine server;
  private final ThreadReference thread;

  private MediaLoopDebugger(VirtualMachine server) {
    this.server = server;
    thread =
        server.allThreads().stream()
            .filter(candidate -> candidate.name().startsWith(THREAD))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the server has no media loop"));
  }

  static MediaLoopDebugger attach() throws IOException {
    AttachingConnector socket =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(connector -> connector.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = socket.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(PORT);
    try {
      return new MediaLoopDebugger(socket.attach(arguments));
    } catch (com.sun.jdi.connect.IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The engine fails in the midst of its next turn.
   *
   * @return when the last turn of the old engine was about to end
   */
  static Instant breakLoop() throws Exception {
    try (MediaLoopDebugger debugger = attach()) {
      return debugger.failNextTurn();
    }
  }

  /** The loop stands still until what is returned is closed. */
  static MediaLoopDebugger freezeLoop() throws IOException {
    MediaLoopDebugger debugger = attach();
    debugger.thread.suspend();
    return debugger;
  }

  private Instant failNextTurn() throws Exception {
    BreakpointRequest turn = server.eventRequestManager().createBreakpointRequest(start("endTurn"));
    turn.addThreadFilter(thread);
    turn.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    turn.enable();
    EventSet reached = server.eventQueue().remove(TURN_MS);
    Instant broken = Instant.now();
    for (Event event : reached) {
      if (event instanceof BreakpointEvent) {
        turn.disable();
        thread.stop(exception());
      }
    }
    reached.resume();
    return broken;
  }

  private Location start(String method) {
    return server.classesByName(LOOP).getFirst().methodsByName(method).getFirst().location();
  }

  private ObjectReference exception() throws Exception {
    ClassType type =
        (ClassType) server.classesByName(IllegalStateException.class.getName()).getFirst();
    Method constructor = type.concreteMethodByName("<init>", "(Ljava/lang/String;)V");
    return type.newInstance(
        thread,
        constructor,
        List.of(server.mirrorOf("broken by a test")),
        ObjectReference.INVOKE_SINGLE_THREADED);
  }

  @Override
  public void close() {
    server.dispose(); // removes requests and resumes threads
  }
}
