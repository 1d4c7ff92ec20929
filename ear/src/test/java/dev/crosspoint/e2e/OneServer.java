package dev.crosspoint.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods the {@link RunningServer}, and tests in a network of their own the {@link
 * LabServer} and the {@link Trio}: one for all test classes, started when the first asks and
 * stopped after the last, whatever became of the tests.
 */
public final class OneServer implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(OneServer.class);

  private static final Map<Class<?>, Callable<? extends Closeable>> STARTS =
      Map.of(
          RunningServer.class, RunningServer::start,
          LabServer.class, LabServer::start,
          Trio.class, Trio::start);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return STARTS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(type, wanted -> attempt(STARTS.get(wanted)), Start.class)
        .server();
  }

  /**
   * Nobody stays in a call when a test is over: the next one, whichever it is, needs the machine.
   */
  @Override
  public void afterEach(ExtensionContext context) {
    Start trio = context.getRoot().getStore(NAMESPACE).get(Trio.class, Start.class);
    if (trio instanceof Start.Running(Trio people)) {
      people.goAway();
    }
  }

  private static Start attempt(@Nullable Callable<? extends Closeable> start) {
    try {
      return new Start.Running(Objects.requireNonNull(start).call());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Start.Failed(e);
    } catch (Exception e) {
      return new Start.Failed(e);
    }
  }

  /** What became of the one start; a failed one is not tried again for every test. */
  private sealed interface Start extends AutoCloseable {
    record Running(Closeable server) implements Start {
      @Override
      public void close() throws IOException {
        server.close();
      }
    }

    record Failed(Exception reason) implements Start {
      @Override
      public Closeable server() {
        throw new ParameterResolutionException("the server did not start", reason);
      }

      @Override
      public void close() {
        // Nothing runs.
      }
    }

    Closeable server();

    @Override
    void close() throws IOException;
  }
}
