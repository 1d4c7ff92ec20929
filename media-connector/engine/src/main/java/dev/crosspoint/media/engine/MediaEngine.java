package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.srtp.SrtpCryptoProvider;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** The media engine. */
@SuppressWarnings({"TypeParameterUnusedInFormals", "unused"})
public final class MediaEngine {
  private final EngineConfig config;

  /** An engine with nothing in it. */
  public MediaEngine(
      EngineConfig config, EngineOutput output, SrtpCryptoProvider crypto, RandomGenerator random) {
    this.config = config;
  }

  private <T> T soon() {
    if (config.historyPackets() > 0) {
      throw new UnsupportedOperationException("being built");
    }
    return java.util.Objects.requireNonNull(null);
  }

  public void onDatagram(ByteBuffer datagram, InetSocketAddress remote, long nowNs) {
    soon();
  }

  public void onTimeout(long nowNs) {
    soon();
  }

  public long nextDeadlineNs() {
    return soon();
  }

  public void sendDtls(String transportId, ByteBuffer record, long nowNs) {
    soon();
  }

  public void dtlsConnected(String transportId, SrtpKeys keys, long nowNs) {
    soon();
  }

  public void dtlsFailed(String transportId, String detail, long nowNs) {
    soon();
  }

  public void createRouter(String routerId) {
    soon();
  }

  public void closeRouter(String routerId) {
    soon();
  }

  public IceCredentials createTransport(String routerId, String transportId, long nowNs) {
    return soon();
  }

  public void connectTransport(String routerId, String transportId, long nowNs) {
    soon();
  }

  public IceCredentials restartIce(String routerId, String transportId, long nowNs) {
    return soon();
  }

  public void closeTransport(String routerId, String transportId, long nowNs) {
    soon();
  }

  public void produce(
      String routerId,
      String transportId,
      String producerId,
      ProducerParameters parameters,
      boolean paused,
      long nowNs) {
    soon();
  }

  public void pauseProducer(String routerId, String producerId, long nowNs) {
    soon();
  }

  public void resumeProducer(String routerId, String producerId, long nowNs) {
    soon();
  }

  public void closeProducer(String routerId, String producerId, long nowNs) {
    soon();
  }

  public void consume(
      String routerId,
      String transportId,
      String consumerId,
      String producerId,
      ConsumerParameters parameters,
      boolean paused,
      long nowNs) {
    soon();
  }

  public void pauseConsumer(String routerId, String consumerId, long nowNs) {
    soon();
  }

  public void resumeConsumer(String routerId, String consumerId, long nowNs) {
    soon();
  }

  public void closeConsumer(String routerId, String consumerId, long nowNs) {
    soon();
  }

  public void requestKeyFrame(String routerId, String consumerId, long nowNs) {
    soon();
  }

  public EngineCounters counters() {
    return soon();
  }
}
