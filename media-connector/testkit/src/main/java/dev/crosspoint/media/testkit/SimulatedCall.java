package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineOutput;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.srtp.JcaSrtpCrypto;
import dev.crosspoint.media.engine.srtp.SrtpKeys;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** An engine with one router, and clients around it, each over a network of its own. */
public final class SimulatedCall {
  /** The router that all transports belong to. */
  public static final String ROUTER = "router";

  private static final Duration TICK = Duration.ofMillis(5);

  private final VirtualTime time = new VirtualTime();
  private final Random random;
  private final SrtpProfile profile;
  private final MediaEngine engine;
  private final Map<TransportAddress, Peer> peers = new HashMap<>();
  private final Map<String, Consumer<ByteBuffer>> sctpReceivers = new HashMap<>();
  private final List<EngineEvent> events = new ArrayList<>();
  private final List<TransportAddress.Tcp> disconnected = new ArrayList<>();
  private int unfinished;

  /**
   * A client with its way to the server and back.
   *
   * @param transportId its transport, which has the client's name
   */
  public record Peer(
      String transportId,
      TransportAddress remote,
      SimulatedClient client,
      SimulatedLink uplink,
      SimulatedLink downlink) {
    /** The client's IP address and port. */
    public InetSocketAddress address() {
      return remote.socketAddress();
    }
  }

  /**
   * @param seed makes a run repeatable
   */
  public SimulatedCall(long seed, SrtpProfile profile) {
    this(seed, profile, SpeakerPolicy.UNLIMITED);
  }

  /** One whose router does this for speakers. */
  public SimulatedCall(long seed, SrtpProfile profile, SpeakerPolicy speakers) {
    this.random = new Random(seed);
    this.profile = profile;
    this.engine =
        new MediaEngine(EngineConfig.standard(), new Output(), new JcaSrtpCrypto(), random);
    engine.createRouter(ROUTER, speakers);
    tick();
  }

  public MediaEngine engine() {
    return engine;
  }

  public VirtualTime time() {
    return time;
  }

  public long nowNs() {
    return time.nowNs();
  }

  public List<EngineEvent> events() {
    return List.copyOf(events);
  }

  /** Lets time pass. */
  public void run(Duration duration) {
    time.run(duration);
  }

  /** Makes a transport and a client that knows its credentials and does nothing yet. */
  public Peer arrive(String name) {
    return arrive(name, new TransportAddress.Udp(address(peers.size() + 1)));
  }

  /** The same over a TCP connection, which is there as long as the engine is not told otherwise. */
  public Peer arriveByTcp(String name, InetSocketAddress address) {
    return arrive(name, new TransportAddress.Tcp(address));
  }

  private Peer arrive(String name, TransportAddress remote) {
    engine.createTransport(ROUTER, name, time.nowNs());
    SimulatedLink uplink = new SimulatedLink(time, random, packet -> receive(packet, remote));
    SimulatedClient client = new SimulatedClient(random, uplink::send);
    SimulatedLink downlink =
        new SimulatedLink(time, random, packet -> client.onDatagram(packet, time.nowNs()));
    Peer peer = new Peer(name, remote, client, uplink, downlink);
    peers.put(remote, peer);
    return peer;
  }

  /** The TCP connections that the engine let go of, in order. */
  public List<TransportAddress.Tcp> disconnected() {
    return List.copyOf(disconnected);
  }

  /** How many of the packets that the engine sent belonged to a picture whose rest was to come. */
  public int unfinished() {
    return unfinished;
  }

  /** Makes a client whose ICE and DTLS are done. */
  public Peer join(String name) {
    Peer peer = arrive(name);
    IceCredentials server = engine.createTransport(ROUTER, name, time.nowNs());
    engine.connectTransport(ROUTER, name, time.nowNs());
    peer.client().check(server);
    run(Duration.ofMillis(20));
    shareKeys(peer);
    return peer;
  }

  /** A client checks again, so that its transport lives on. */
  public void renewConsent(Peer peer) {
    peer.client().check(engine.createTransport(ROUTER, peer.transportId(), time.nowNs()));
  }

  /** Does what the DTLS handshake would have done. */
  public void shareKeys(Peer peer) {
    SrtpKeys keys =
        new SrtpKeys(
            profile,
            bytes(profile.keyLength()),
            bytes(profile.saltLength()),
            bytes(profile.keyLength()),
            bytes(profile.saltLength()));
    peer.client().useKeys(keys.mirrored());
    engine.dtlsConnected(peer.transportId(), keys, time.nowNs());
    runTimers();
  }

  /**
   * Takes what the engine sends over the DTLS connection of a transport.
   *
   * @param receiver takes packets between position and limit, valid during the call
   */
  public void onSctp(String transportId, Consumer<ByteBuffer> receiver) {
    sctpReceivers.put(transportId, receiver);
  }

  /** Something came over the DTLS connection of a transport, at once. */
  public void receiveSctp(String transportId, ByteBuffer packet) {
    engine.onSctp(transportId, packet, time.nowNs());
    runTimers();
  }

  /** A datagram from anywhere, at once. */
  public void receive(ByteBuffer datagram, InetSocketAddress from) {
    receive(datagram, new TransportAddress.Udp(from));
  }

  /**
   * A datagram, or a frame of a connection, at once.
   *
   * @return whether more is taken from there: always by UDP
   */
  public boolean receive(ByteBuffer packet, TransportAddress from) {
    boolean taken =
        switch (from) {
          case TransportAddress.Udp(InetSocketAddress address) -> {
            engine.onDatagram(packet, address, time.nowNs());
            yield true;
          }
          case TransportAddress.Tcp connection -> engine.onFrame(packet, connection, time.nowNs());
        };
    runTimers();
    return taken;
  }

  /** An address nobody has unless it was given before. */
  public static InetSocketAddress address(int number) {
    try {
      byte[] ip = {10, 0, (byte) (number >>> 8), (byte) number};
      return new InetSocketAddress(InetAddress.getByAddress(ip), 5000);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void tick() {
    runTimers();
    peers.values().forEach(peer -> peer.client().onTimeout(time.nowNs()));
    time.after(TICK, this::tick);
  }

  private void runTimers() {
    if (engine.nextDeadlineNs() <= time.nowNs()) {
      engine.onTimeout(time.nowNs());
    }
  }

  private final class Output implements EngineOutput {
    @Override
    public void send(ByteBuffer packet, TransportAddress remote, boolean goesOn) {
      unfinished += goesOn ? 1 : 0;
      Peer peer = peers.get(remote);
      if (peer != null) {
        peer.downlink().send(packet);
      }
    }

    @Override
    public void disconnect(TransportAddress.Tcp connection) {
      disconnected.add(connection);
    }

    @Override
    public void dtlsRecord(String transportId, ByteBuffer dtlsRecord) {
      // Keys are shared without a handshake here.
    }

    @Override
    public void sctpPacket(String transportId, ByteBuffer packet) {
      Consumer<ByteBuffer> receiver = sctpReceivers.get(transportId);
      if (receiver != null) {
        receiver.accept(packet);
      }
    }

    @Override
    public void event(EngineEvent event) {
      events.add(event);
    }
  }
}
