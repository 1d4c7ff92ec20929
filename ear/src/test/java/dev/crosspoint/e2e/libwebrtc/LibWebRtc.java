package dev.crosspoint.e2e.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The native library with its threads. What sends and what receives has a factory of its own: the
 * only sound device that plays without a sound card would also record, and send that beside the
 * tone.
 */
public final class LibWebRtc implements AutoCloseable {
  private final AudioDeviceModuleBase recorder = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final AudioDeviceModuleBase player = new HeadlessAudioDeviceModule();
  private final PeerConnectionFactory sending = new PeerConnectionFactory(recorder);
  private final PeerConnectionFactory receiving = new PeerConnectionFactory(player);

  private final List<Devices> devices = new ArrayList<>();
  private final List<Transport> transports = new ArrayList<>();

  /** A camera and a microphone of somebody with this number. */
  public Devices devices(int person) {
    Devices own = new Devices(sending, person);
    devices.add(own);
    return own;
  }

  /**
   * A transport that sends what the devices take.
   *
   * @param server what the server answered to {@code createWebRtcTransport}
   */
  public Transport sending(JsonNode server, Devices devices) {
    Transport transport = open(sending, server, _ -> {});
    devices.tracks().forEach(transport::send);
    return transport;
  }

  /**
   * A transport whose tracks are seen and heard.
   *
   * @param server what the server answered to {@code createWebRtcTransport}
   */
  public Transport receiving(JsonNode server, Senses senses) {
    return open(receiving, server, senses::perceive);
  }

  private Transport open(
      PeerConnectionFactory factory, JsonNode server, Consumer<MediaStreamTrack> arriving) {
    Transport transport = new Transport(factory, server, arriving);
    transports.add(transport);
    return transport;
  }

  /** Ends all devices and transports; the library forgives no other order. */
  @Override
  public void close() {
    devices.forEach(Devices::close);
    transports.forEach(Transport::close);
    sending.dispose();
    receiving.dispose();
    recorder.dispose();
    player.dispose();
  }
}
