package dev.crosspoint.media.adapter.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaEventListener;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDispatcherTest {

  private static final int EVENTS = 500;

  private final EventDispatcher dispatcher =
      new EventDispatcher(task -> Thread.ofVirtual().start(task));
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Test
  void eventsOfOneRouterArriveInOrder() throws Exception {
    dispatcher.activate(new Bean(heard::add));
    publish("a", 0, EVENTS);

    assertThat(take(EVENTS)).isEqualTo(names("a", 0, EVENTS));
  }

  @Test
  void aFailingEndpointLosesItsEventButNotTheOrderOfTheOthers() throws Exception {
    dispatcher.activate(
        new Bean(name -> {
          if (name.equals("a3")) {
            throw new IllegalStateException("the bean failed");
          }
          heard.add(name);
        }));
    publish("a", 0, 10);

    List<String> expected = new ArrayList<>(names("a", 0, 10));
    expected.remove("a3");
    assertThat(take(9)).isEqualTo(expected);
  }

  @Test
  void anEndpointThatIsNotReadyYetGetsItsEventsLaterInOrder() throws Exception {
    Bean bean = new Bean(heard::add);
    bean.unavailable.set(3);
    dispatcher.activate(bean);
    publish("a", 0, 10);

    assertThat(take(10)).isEqualTo(names("a", 0, 10));
  }

  @Test
  void everyEndpointHearsEverything() throws Exception {
    dispatcher.activate(new Bean(heard::add));
    dispatcher.activate(new Bean(heard::add));
    publish("a", 0, 1);

    assertThat(take(2)).containsExactly("a0", "a0");
  }

  @Test
  void aDeactivatedEndpointHearsNothingMore() throws Exception {
    Bean gone = new Bean(name -> heard.add("gone " + name));
    dispatcher.activate(gone);
    dispatcher.deactivate(gone);
    dispatcher.activate(new Bean(heard::add));
    publish("a", 0, 3);

    assertThat(take(3)).isEqualTo(names("a", 0, 3));
    assertThat(heard).isEmpty();
  }

  private void publish(String router, int from, int to) {
    for (int i = from; i < to; i++) {
      dispatcher.publish(
          router, new MediaEvent.ProducerStarted(new RouterId(router), new ProducerId(router + i)));
    }
  }

  private static List<String> names(String router, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> router + i).toList();
  }

  private List<String> take(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(String.valueOf(heard.poll(20, TimeUnit.SECONDS)));
    }
    return taken;
  }

  private interface Heard {
    void accept(String producer);
  }

  private static final class Bean implements MessageEndpointFactory {
    final AtomicInteger unavailable = new AtomicInteger();
    private final Heard listener;

    Bean(Heard listener) {
      this.listener = listener;
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource)
        throws UnavailableException {
      if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new UnavailableException("not started yet");
      }
      return new Endpoint(listener);
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout)
        throws UnavailableException {
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

  private record Endpoint(Heard listener) implements MessageEndpoint, MediaEventListener {
    @Override
    public void onMediaEvent(MediaEvent event) {
      if (event instanceof MediaEvent.ProducerStarted started) {
        listener.accept(started.producer().value());
      }
    }

    @Override
    public void beforeDelivery(Method method) {}

    @Override
    public void afterDelivery() {}

    @Override
    public void release() {}
  }
}
