package dev.crosspoint.e2e;

import dev.crosspoint.e2e.libwebrtc.Devices;
import dev.crosspoint.e2e.libwebrtc.LibWebRtc;
import dev.crosspoint.e2e.libwebrtc.MediaSection;
import dev.crosspoint.e2e.libwebrtc.SdpAnswer;
import dev.crosspoint.e2e.libwebrtc.Senses;
import dev.crosspoint.e2e.libwebrtc.Transport;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Somebody's path to the SFU in a call that moves there, with native libwebrtc at the client's end.
 */
final class LibWebRtcPath {
  private final SfuPath path;
  private final Senses senses = new Senses();
  private final Transport sending;
  private final Transport receiving;
  private final List<MediaSection> received = new ArrayList<>();

  /**
   * Begins to send pictures with a number, and its tone.
   *
   * @param person is, or will be, offered the path
   */
  LibWebRtcPath(TestCall.Person person, LibWebRtc library, int number) {
    path = new SfuPath(person);
    JsonNode capabilities = path.routerCapabilities();
    Devices devices = library.devices(number);
    sending = library.sending(path.createTransport("SEND", capabilities), devices);
    receiving = library.receiving(path.createTransport("RECV", capabilities), senses);
    send(capabilities);
    devices.start();
  }

  private void send(JsonNode capabilities) {
    MediaSection sound = MediaSection.toRouter(capabilities, "audio", "0");
    MediaSection pictures = MediaSection.toRouter(capabilities, "video", "1");
    SdpAnswer answer = sending.answer(List.of(sound, pictures));
    connect(sending, answer);
    sending.agree(answer);
    produce("mic", sound, answer);
    produce("cam", pictures, answer);
  }

  private void connect(Transport transport, SdpAnswer answer) {
    path.connect(transport.id(), answer.dtlsParameters());
  }

  private void produce(String sourceId, MediaSection section, SdpAnswer answer) {
    path.produce(sending.id(), sourceId, section.kind(), answer.rtpParameters(section));
  }

  /** Waits for streams of others and takes them, one after the other. */
  void receive(int streams) {
    for (int i = 0; i < streams; i++) {
      JsonNode consumed = path.consumeNext(receiving.id());
      received.add(MediaSection.fromRouter(consumed));
      SdpAnswer answer = receiving.answer(received);
      if (received.size() == 1) {
        connect(receiving, answer);
      }
      receiving.agree(answer);
      path.resume(consumed);
    }
  }

  /** Says that everything is there. */
  void getReady() {
    path.getReady();
  }

  /** Waits until the call has moved, and says that the new path is the one that is used. */
  void switchOver() {
    path.switchOver();
  }

  Senses senses() {
    return senses;
  }

  Transport sending() {
    return sending;
  }

  Transport receiving() {
    return receiving;
  }
}
