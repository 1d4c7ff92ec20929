package dev.crosspoint.media.adapter;

import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaConnectionFactory;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaEventListener;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.Timer;
import java.util.function.Consumer;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** The container's side of the contracts, as little of it as the adapter uses. */
final class TestContainer implements AutoCloseable {

  private final MediaResourceAdapter adapter = new MediaResourceAdapter();
  private final MediaManagedConnectionFactory factory = new MediaManagedConnectionFactory();

  TestContainer() throws ResourceException {
    adapter.setBindAddress("127.0.0.1");
    adapter.setBasePort(0);
    adapter.setLoops(1);
    factory.setResourceAdapter(adapter);
  }

  MediaResourceAdapter adapter() {
    return adapter;
  }

  void start() throws ResourceException {
    adapter.start(new Context());
  }

  MediaConnection connection() throws ResourceException {
    return ((MediaConnectionFactory) factory.createConnectionFactory(new Connections()))
        .getConnection();
  }

  /** Activates an endpoint. */
  Endpoints activate(Consumer<MediaEvent> listener) throws ResourceException {
    Endpoints endpoints = new Endpoints(listener);
    adapter.endpointActivation(endpoints, new MediaActivationSpec());
    return endpoints;
  }

  @Override
  public void close() {
    adapter.stop();
  }

  private record Connections() implements ConnectionManager {
    private static final long serialVersionUID = 1L;

    @Override
    public Object allocateConnection(
        ManagedConnectionFactory factory, @Nullable ConnectionRequestInfo info)
        throws ResourceException {
      return factory.createManagedConnection(null, info).getConnection(null, info);
    }
  }

  /** A message-driven bean. */
  static final class Endpoints implements MessageEndpointFactory {
    private final Consumer<MediaEvent> listener;

    Endpoints(Consumer<MediaEvent> listener) {
      this.listener = listener;
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource) {
      return new Endpoint(listener);
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout) {
      return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
      return false;
    }

    @Override
    public String getActivationName() {
      return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
      return Endpoint.class;
    }
  }

  private record Endpoint(Consumer<MediaEvent> listener)
      implements MessageEndpoint, MediaEventListener {
    @Override
    public void onMediaEvent(MediaEvent event) {
      listener.accept(event);
    }

    @Override
    public void beforeDelivery(Method method) {}

    @Override
    public void afterDelivery() {}

    @Override
    public void release() {}
  }

  private record Context() implements BootstrapContext {
    @Override
    public WorkManager getWorkManager() {
      return new Workers();
    }

    @Override
    public XATerminator getXATerminator() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Timer createTimer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> context) {
      return false;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
      throw new UnsupportedOperationException();
    }
  }

  /** Only what is not awaited; the adapter never waits for work. */
  private record Workers() implements WorkManager {
    @Override
    public void scheduleWork(Work work) {
      Thread.ofVirtual().start(work);
    }

    @Override
    public void scheduleWork(
        Work work, long timeout, ExecutionContext context, WorkListener listener) {
      scheduleWork(work);
    }

    @Override
    public void doWork(Work work) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(
        Work work, long timeout, ExecutionContext context, WorkListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
