package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.speaker.Floor;
import dev.crosspoint.media.engine.speaker.Speaker;
import dev.crosspoint.media.engine.speaker.Voice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client sends of one kind, and who is sent it. */
public final class Producer {
  private final String routerId;
  private final String id;
  private final MediaChannel channel;
  private final ProducerParameters parameters;
  private final ForwardingListener listener;
  private final Speaker speaker;
  private final @Nullable Voice voice;
  private final List<InboundStream> streams;
  private final List<Consumer> consumers = new ArrayList<>();
  private final @Nullable RtpCodec[] codecs = new @Nullable RtpCodec[128];
  private final @Nullable RtpCodec[] rtxCodecs = new @Nullable RtpCodec[128];
  private final LayerDemand demand;
  private final CurrentCap cap;
  private boolean paused;
  private boolean started;

  Producer(
      String routerId,
      String id,
      MediaChannel channel,
      ProducerParameters parameters,
      boolean paused,
      Floor floor,
      Speaker speaker,
      ForwardingContext context) {
    this.routerId = routerId;
    this.id = id;
    this.channel = channel;
    this.parameters = parameters;
    this.listener = context.listener();
    this.cap = context.cap();
    this.paused = paused;
    this.speaker = speaker;
    Integer levelId = parameters.extensions().get(HeaderExtension.AUDIO_LEVEL);
    this.voice = isVideo() || levelId == null ? null : floor.voice(speaker, id, levelId);
    for (RtpCodec codec : parameters.codecs()) {
      codecs[codec.payloadType()] = codec;
      if (codec.hasRtx()) {
        rtxCodecs[codec.rtxPayloadType()] = codec;
      }
    }
    this.streams =
        parameters.encodings().stream()
            .map(encoding -> new InboundStream(this, encoding, context))
            .toList();
    this.demand = new LayerDemand(streams);
  }

  public String id() {
    return id;
  }

  public ProducerParameters parameters() {
    return parameters;
  }

  /** One for each encoding, in their order. */
  public List<InboundStream> streams() {
    return streams;
  }

  /** The codec with this payload type, or null. */
  public @Nullable RtpCodec codec(int payloadType) {
    return codecs[payloadType];
  }

  /** The codec whose retransmissions have this payload type, or null. */
  public @Nullable RtpCodec codecOfRtx(int payloadType) {
    return rtxCodecs[payloadType];
  }

  /** Whether its client is on this channel. */
  public boolean isFrom(MediaChannel other) {
    return channel.equals(other);
  }

  MediaChannel channel() {
    return channel;
  }

  boolean isVideo() {
    return parameters.kind() == MediaKind.VIDEO;
  }

  /** Its client, as the others hear it. */
  Speaker speaker() {
    return speaker;
  }

  /** Whether it is forwarded: sound whose loudness is not told is. */
  boolean isHeard() {
    return voice == null || voice.isHeard();
  }

  boolean isPaused() {
    return paused;
  }

  boolean hasFeedback(RtcpFeedback feedback) {
    return parameters.codecs().stream().anyMatch(codec -> codec.feedback().contains(feedback));
  }

  List<Consumer> consumers() {
    return consumers;
  }

  /** How its packets are written for a receiver: as for others that ask for the same. */
  PacketMapping mappingFor(ConsumerParameters receiver) {
    return consumers.stream()
        .map(Consumer::mapping)
        .filter(mapping -> mapping.suits(receiver))
        .findFirst()
        .orElseGet(() -> new PacketMapping(parameters, receiver));
  }

  void pause() {
    paused = true;
    streams.forEach(InboundStream::forgetGaps);
    streams.forEach(InboundStream::forgetPictures);
  }

  void resume(long nowNs) {
    if (paused) {
      paused = false;
      streams.forEach(InboundStream::resume);
      consumers.forEach(Consumer::restart);
      requestKeyFrames(nowNs);
    }
  }

  /** The highest layer that is forwarded, which of several streams is one, else a spatial one. */
  int highestLayer() {
    int layers = streams.size() > 1 ? streams.size() : streams.getFirst().layers().sizes();
    return cap.get().highestLayer(parameters.source(), layers);
  }

  /**
   * What the client of a video is asked to keep to: of several streams what those take that are
   * forwarded, if it has said so. Bits for each second, or {@link VideoCap#UNLIMITED}.
   */
  public long ceiling() {
    if (streams.size() == 1) {
      return cap.get().ceiling(parameters.source());
    }
    int highest = highestLayer();
    if (highest >= streams.size() - 1) {
      return VideoCap.UNLIMITED;
    }
    long sum = 0;
    for (int i = 0; i <= highest; i++) {
      long most = streams.get(i).encoding().maxBitrate();
      if (most <= 0) {
        return VideoCap.UNLIMITED;
      }
      sum += most;
    }
    return sum;
  }

  /** A consumer is sent another layer from now on. */
  void onLayer(Consumer consumer, int layer) {
    listener.consumerLayerChanged(routerId, consumer.id(), layer);
  }

  /** Tells the client which of its streams somebody is to be sent, when that has changed. */
  public void updateDemand(long nowNs) {
    if (streams.size() > 1 && demand.update(consumers, nowNs)) {
      listener.layersWanted(routerId, id, demand.layers());
    }
  }

  /** The sender of a stream began anew. */
  void onRestart(InboundStream stream) {
    consumers.forEach(consumer -> consumer.onRestart(stream));
  }

  /** Asks the sender for key frames that somebody can use now. */
  void requestKeyFrames(long nowNs) {
    for (int i = 0; i < streams.size(); i++) {
      if (isKeyFrameWanted(streams.get(i))) {
        streams.get(i).requestKeyFrame(nowNs);
      }
    }
  }

  boolean isKeyFrameWanted(InboundStream stream) {
    if (!isVideo() || paused) {
      return false;
    }
    for (int i = 0; i < consumers.size(); i++) {
      if (consumers.get(i).isKeyFrameWanted(stream)) {
        return true;
      }
    }
    return false;
  }

  void started() {
    if (!started) {
      started = true;
      listener.producerStarted(routerId, id);
    }
  }

  /** Indexed, because an iterator for every packet would be garbage for every packet. */
  void forward(InboundStream stream, RtpPacket packet, PayloadInfo info, long number, long nowNs) {
    if (voice != null) {
      voice.onPacket(packet, nowNs);
    }
    for (int i = 0; i < streams.size(); i++) {
      if (!streams.get(i).equals(stream)) {
        streams.get(i).onOtherSize(nowNs);
      }
    }
    for (int i = 0; i < consumers.size(); i++) {
      consumers.get(i).onPacket(stream, packet, info, number, nowNs);
    }
  }
}
