"""One transport of a client that speaks ICE, DTLS and SCTP by aiortc, and is told what to do line by line.

First line in: iceParameters, iceCandidates and dtlsParameters of the server's transport. First line out: the
client's dtlsParameters. Then {"open": id, "ordered": bool, "maxRetransmits": n}, {"send": id, "text": …},
{"send": id, "length": n}, {"lose": share}, {"count": "lost"} and {"close": id} in; {"opened": id}, {"closed": id},
{"id": …, "text": …}, {"id": …, "length": n} and {"lost": n} out. Ends with its input.
"""

import asyncio
import random

from aiortc import RTCDataChannel, RTCDataChannelParameters, RTCSctpCapabilities, RTCSctpTransport
from ortc import Transport, orders, say


def listen(channel):
    @channel.on("message")
    def message(data):
        if isinstance(data, str):
            say(id=channel.id, text=data)
        else:
            say(id=channel.id, length=len(data))

    @channel.on("open")
    def opened():
        say(opened=channel.id)

    @channel.on("close")
    def closed():
        say(closed=channel.id)


class Losses:
    """Packets that got lost on their way, in both directions."""

    def __init__(self):
        self.count = 0
        self._chance = random.Random(1)

    def begin(self, share, ice):
        send, receive = ice._send, ice._recv

        async def send_some(data):
            if not self._hit(share):
                await send(data)

        async def receive_some():
            data = await receive()
            while self._hit(share):
                data = await receive()
            return data

        ice._send, ice._recv = send_some, receive_some

    def _hit(self, share):
        hit = self._chance.random() < share
        self.count += hit
        return hit


def obey(order, channels, losses, sctp):
    if "open" in order:
        parameters = RTCDataChannelParameters(
            negotiated=True,
            id=order["open"],
            ordered=order.get("ordered", True),
            maxRetransmits=order.get("maxRetransmits"),
        )
        channel = RTCDataChannel(sctp, parameters)
        channels[channel.id] = channel
        listen(channel)
        if channel.readyState == "open":
            say(opened=channel.id)
    elif "send" in order:
        channels[order["send"]].send(order["text"] if "text" in order else bytes(order["length"]))
    elif "lose" in order:
        losses.begin(order["lose"], sctp.transport.transport)
    elif "count" in order:
        say(lost=losses.count)
    elif "close" in order:
        channels[order["close"]].close()


async def main():
    transport, told = Transport(), orders()
    sctp = RTCSctpTransport(transport.dtls)
    transport.introduce()
    await transport.connect(await anext(told))
    await sctp.start(RTCSctpCapabilities(maxMessageSize=262144), 5000)
    channels, losses = {}, Losses()
    async for order in told:
        obey(order, channels, losses, sctp)
    await sctp.stop()
    await transport.stop()


asyncio.run(main())
