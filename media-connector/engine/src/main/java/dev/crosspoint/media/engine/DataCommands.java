package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.data.DataConsumer;
import dev.crosspoint.media.engine.data.DataProducer;
import dev.crosspoint.media.engine.data.DataProducerParameters;
import dev.crosspoint.media.engine.data.DataRouter;
import dev.crosspoint.media.engine.data.DataTransport;
import dev.crosspoint.media.engine.forwarding.Router;
import java.util.Optional;

/**
 * Commands about data channels. They are harmless when repeated, and throw {@link EngineException}
 * when they do not fit the objects that there are.
 */
public final class DataCommands {
  private final EngineObjects objects;

  DataCommands(EngineObjects objects) {
    this.objects = objects;
  }

  /** Takes messages from the client of a transport. */
  public void produce(
      String routerId, String transportId, String producerId, DataProducerParameters parameters) {
    DataTransport transport = objects.transport(routerId, transportId).data();
    DataRouter router = objects.router(routerId).data();
    DataProducer known = router.producer(producerId);
    boolean fits =
        known == null
            ? router.produce(producerId, transport, parameters)
            : DataRouter.isSame(known, transport, parameters);
    if (!fits) {
      throw new EngineException(EngineErrorCode.ID_IN_USE, producerId);
    }
  }

  /**
   * Sends a data producer's messages to the client of a transport.
   *
   * @return the stream of the client's SCTP association on which they come
   */
  public int consume(String routerId, String transportId, String consumerId, String producerId) {
    DataTransport transport = objects.transport(routerId, transportId).data();
    DataRouter router = objects.router(routerId).data();
    DataProducer producer =
        Optional.ofNullable(router.producer(producerId))
            .orElseThrow(
                () -> new EngineException(EngineErrorCode.DATA_PRODUCER_NOT_FOUND, producerId));
    DataConsumer known = router.consumer(consumerId);
    if (known == null) {
      return Optional.ofNullable(router.consume(consumerId, transport, producer))
          .orElseThrow(() -> new EngineException(EngineErrorCode.CANNOT_CONSUME, consumerId))
          .streamId();
    }
    if (!DataRouter.isSame(known, transport, producer)) {
      throw new EngineException(EngineErrorCode.ID_IN_USE, consumerId);
    }
    return known.streamId();
  }

  /** Ends a data producer and its consumers; nothing happens when it is gone. */
  public void closeProducer(String routerId, String producerId) {
    objects
        .findRouter(routerId)
        .map(Router::data)
        .ifPresent(router -> {
          DataProducer producer = router.producer(producerId);
          if (producer != null) {
            router.close(producer);
          }
        });
  }

  /** Ends a data consumer and its channel; nothing happens when it is gone. */
  public void closeConsumer(String routerId, String consumerId) {
    objects
        .findRouter(routerId)
        .map(Router::data)
        .ifPresent(router -> {
          DataConsumer consumer = router.consumer(consumerId);
          if (consumer != null) {
            router.close(consumer);
          }
        });
  }
}
