package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.data.DataConsumer;
import dev.crosspoint.media.engine.data.DataProducer;
import dev.crosspoint.media.engine.data.DataProducerParameters;
import dev.crosspoint.media.engine.data.DataRouter;
import dev.crosspoint.media.engine.data.DataTransport;
import dev.crosspoint.media.engine.forwarding.Router;
import java.util.Optional;

/** Commands about data channels; refuses those that do not fit the objects that there are. */
final class DataCommands {
  private final EngineObjects objects;

  DataCommands(EngineObjects objects) {
    this.objects = objects;
  }

  void produce(
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

  /** Returns the stream on which the client receives. */
  int consume(String routerId, String transportId, String consumerId, String producerId) {
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

  void closeProducer(String routerId, String producerId) {
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

  void closeConsumer(String routerId, String consumerId) {
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
