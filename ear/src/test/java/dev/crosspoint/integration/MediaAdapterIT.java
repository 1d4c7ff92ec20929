package dev.crosspoint.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand.CloseRouter;
import dev.crosspoint.media.api.MediaCommand.CreateRouter;
import dev.crosspoint.media.api.MediaCommand.CreateWebRtcTransport;
import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaConnectionFactory;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.api.TransportId;
import jakarta.annotation.Resource;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class MediaAdapterIT {
  private static final Fence FENCE = new Fence(1, 1);

  @Resource(lookup = "media/cf")
  MediaConnectionFactory factory;

  @Deployment
  static EnterpriseArchive application() {
    return TestedApplication.with(MediaAdapterIT.class, RecordedEvents.class);
  }

  @Test
  void a_connection_from_jndi_reaches_running_media_loops() throws Exception {
    try (MediaConnection connection = factory.getConnection()) {
      assertThat(connection.stats().loops()).isNotEmpty().allMatch(MediaStats.Loop::alive);
    }
  }

  @Test
  void a_command_is_answered_by_the_engine() throws Exception {
    RouterId router = new RouterId("answered");
    try (MediaConnection connection = factory.getConnection()) {
      MediaReply.RouterCreated created =
          connection
              .submit(FENCE, new CreateRouter(router, new SpeakerPolicy(0, 0)))
              .toCompletableFuture()
              .get(5, TimeUnit.SECONDS);
      assertThat(created.capabilities().codecs()).isNotEmpty();
      assertThat(connection.routers()).contains(router);
      connection
          .submit(FENCE, new CloseRouter(router))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void what_happens_in_the_engine_reaches_a_message_driven_bean() throws Exception {
    RouterId router = new RouterId("observed");
    TransportId transport = new TransportId("observed");
    try (MediaConnection connection = factory.getConnection()) {
      connection
          .submit(FENCE, new CreateRouter(router, new SpeakerPolicy(0, 0)))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
      connection
          .submit(FENCE, new CreateWebRtcTransport(router, transport))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
      connection
          .submit(FENCE, new CloseRouter(router))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    }
    MediaEvent event = RecordedEvents.EVENTS.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
  }
}
