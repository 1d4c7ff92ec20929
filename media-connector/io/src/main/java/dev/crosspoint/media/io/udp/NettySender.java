package dev.crosspoint.media.io.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Sends by the channel itself, wherever Netty runs. */
public final class NettySender implements DatagramSender {
  private final Channel channel;
  private boolean unflushed;
  private long queueFull;
  private long sendFailures;

  public NettySender(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void send(ByteBuffer packet, InetSocketAddress remote, boolean goesOn) {
    if (!channel.isWritable()) {
      queueFull++;
      return;
    }
    int position = packet.position();
    ByteBuf copy = channel.alloc().directBuffer(packet.remaining()).writeBytes(packet);
    packet.position(position);
    var _ = channel.write(new DatagramPacket(copy, remote), channel.voidPromise());
    unflushed = true;
  }

  /** The channel sends when it likes: nothing is measured. */
  @Override
  public void readAt(long ns) {}

  @Override
  public PacketTransit.Times transit(long nowNs) {
    return PacketTransit.Times.NONE;
  }

  /** The channel sends all of a turn together. */
  @Override
  public void lastPacket() {}

  /** Waiting would bring nothing: every datagram is sent for itself. */
  @Override
  public boolean mayWait() {
    return false;
  }

  @Override
  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /** Refused sends surface at the channel; they concern one remote address, never the port. */
  public void refused() {
    sendFailures++;
  }

  @Override
  public long queueFull() {
    return queueFull;
  }

  @Override
  public long sendFailures() {
    return sendFailures;
  }
}
