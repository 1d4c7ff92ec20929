package dev.crosspoint.media.io.tcp;

import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.transport.DatagramDemux;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One connection of a client: its frames in, and what waits to go out. */
final class TcpConnection extends ChannelInboundHandlerAdapter {
  /** What media leaves free of the send buffer, for checks' answers and handshakes. */
  private static final int RESERVED = 8 << 10;

  private final TcpConnections owner;
  private final Channel channel;
  private final TransportAddress.Tcp address;
  private final FrameDecoder decoder;
  private long deadlineNs;
  private boolean used;
  private boolean flushing;
  private boolean ended;

  TcpConnection(TcpConnections owner, Channel channel, InetSocketAddress remote, long deadlineNs) {
    this.owner = owner;
    this.channel = channel;
    this.address = new TransportAddress.Tcp(remote);
    this.decoder = new FrameDecoder(channel.alloc());
    this.deadlineNs = deadlineNs;
  }

  TransportAddress.Tcp address() {
    return address;
  }

  /** Whether a transport has used it. */
  boolean isUsed() {
    return used;
  }

  /** A transport uses it, and has something to do with it until then. */
  void use(long untilNs) {
    used = true;
    deadlineNs = untilNs;
  }

  boolean isOverdue(long nowNs) {
    return nowNs - deadlineNs >= 0;
  }

  /**
   * Queues a frame.
   *
   * @return false when too much waits already
   */
  boolean write(ByteBuffer packet) {
    int length = packet.remaining();
    int needed = FrameDecoder.HEADER + length + (isMedia(packet) ? RESERVED : 0);
    if (channel.bytesBeforeUnwritable() < needed) {
      return false;
    }
    ByteBuf frame = channel.alloc().directBuffer(FrameDecoder.HEADER + length).writeShort(length);
    int position = packet.position();
    frame.writeBytes(packet);
    packet.position(position);
    var _ = channel.write(frame, channel.voidPromise());
    return true;
  }

  private static boolean isMedia(ByteBuffer packet) {
    return packet.hasRemaining() && DatagramDemux.isMedia(packet.get(packet.position()) & 0xFF);
  }

  /** Whether this is the first since the last flush. */
  boolean beginFlush() {
    boolean first = !flushing;
    flushing = true;
    return first;
  }

  void flush() {
    flushing = false;
    channel.flush();
  }

  /** Sends what the kernel takes of what waits, and closes. */
  void end() {
    ended = true;
    channel.flush();
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf input = (ByteBuf) message;
    try {
      read(input);
    } finally {
      input.release();
    }
  }

  private void read(ByteBuf input) {
    while (!ended) {
      switch (decoder.read(input)) {
        case NEED_MORE -> {
          return;
        }
        case FRAME -> owner.frame(this, decoder.frame());
        case TOO_LARGE -> owner.end(this, ConnectionEnd.FRAME_TOO_LARGE);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    owner.batchEnd();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    owner.end(this, ConnectionEnd.CLOSED_BY_CLIENT);
  }

  /** Resets and the like; what could not be written is told here too. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    owner.end(this, ConnectionEnd.CLOSED_BY_CLIENT);
  }

  /** Only now, because whoever ends the connection may still be reading its frame. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    decoder.release();
  }
}
