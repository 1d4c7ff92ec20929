package dev.crosspoint.e2e;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods the {@link RunningServer}: one for all test classes, started when the first
 * asks and stopped after the last, whatever became of the tests.
 */
public final class OneServer implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OneServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Start.class, key -> Start.attempt(), Start.class)
        .server();
  }

  /** What became of the one start; a failed one is not tried again for every test. */
  private sealed interface Start extends AutoCloseable {
    record Running(RunningServer server) implements Start {
      @Override
      public void close() throws IOException {
        server.close();
      }
    }

    record Failed(Exception reason) implements Start {
      @Override
      public RunningServer server() {
        throw new ParameterResolutionException("the server did not start", reason);
      }

      @Override
      public void close() {
        // Nothing runs.
      }
    }

    RunningServer server();

    @Override
    void close() throws IOException;

    static Start attempt() {
      try {
        return new Running(RunningServer.start());
      } catch (IOException | SQLException e) {
        return new Failed(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failed(e);
      }
    }
  }
}
