"""One transport of a client that sends and receives sound and pictures by aiortc, and is told what to do line by line.

First line in: the router's rtpCapabilities; first line out: those that the client has too. Second line in:
iceParameters, iceCandidates and dtlsParameters of the server's transport; second line out: the client's dtlsParameters.
Then {"send": kind, "person": number} and {"receive": kind, "rtpParameters": …} in, and {"count": "perceived"};
{"sent": kind, "rtpParameters": …} and {"seen": {number: pictures}, "heard": {number: times}} out. Ends with its input.

Who sends is told by what is sent: pictures like those of camera.js, and tones of the same pitches.
"""

import asyncio
import collections
import fractions
import time

import numpy
from aiortc import MediaStreamTrack, RTCRtpReceiver, RTCRtpSender
from aiortc.rtcrtpparameters import (
    RTCRtcpFeedback,
    RTCRtcpParameters,
    RTCRtpCodecParameters,
    RTCRtpDecodingParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpReceiveParameters,
    RTCRtpRtxParameters,
    RTCRtpSendParameters,
)
from aiortc.rtcrtpreceiver import RemoteStreamTrack
from av import AudioFrame, VideoFrame
from ortc import Transport, orders, say

WIDTH, HEIGHT, COLUMNS, ROWS = 320, 180, 8, 3
DARK, BETWEEN, LIGHT = 57, 122, 188
PICTURES_PER_SECOND = 20
RATE, SAMPLES = 48_000, 960


def pitch(person):
    return 313 + 100 * person


def own_capabilities(router):
    """What both have: Opus, VP8 with its retransmissions, and the extensions and kinds of feedback that aiortc has."""
    codecs = [c for c in router["codecs"] if c["mimeType"].lower() in ("audio/opus", "video/vp8")]
    chosen = [c["preferredPayloadType"] for c in codecs]
    codecs += [c for c in router["codecs"] if c.get("parameters", {}).get("apt") in chosen]
    known = {e.uri for kind in ("audio", "video") for e in RTCRtpSender.getCapabilities(kind).headerExtensions}
    return {
        "codecs": [{**c, "rtcpFeedback": without_transport_cc(c)} for c in codecs],
        "headerExtensions": [e for e in router["headerExtensions"] if e["uri"] in known],
    }


def without_transport_cc(codec):
    return [f for f in codec.get("rtcpFeedback", []) if f["type"] != "transport-cc"]


def codec(ortc):
    return RTCRtpCodecParameters(
        mimeType=ortc["mimeType"],
        clockRate=ortc["clockRate"],
        channels=ortc.get("channels"),
        payloadType=ortc["payloadType"],
        rtcpFeedback=[RTCRtcpFeedback(f["type"], f.get("parameter")) for f in ortc.get("rtcpFeedback", [])],
        parameters=ortc.get("parameters", {}),
    )


def common(ortc):
    """What parameters to send and to receive have in common, from ORTC's JSON."""
    return {
        "codecs": [codec(c) for c in ortc["codecs"]],
        "headerExtensions": [RTCRtpHeaderExtensionParameters(e["id"], e["uri"]) for e in ortc["headerExtensions"]],
        "muxId": ortc.get("mid", ""),
        "rtcp": RTCRtcpParameters(cname=ortc["rtcp"].get("cname"), mux=True),
    }


class Clock:
    """When the next of evenly spaced frames is due."""

    def __init__(self, seconds):
        self._period = seconds
        self._start = time.monotonic()
        self.count = 0

    async def tick(self):
        await asyncio.sleep(self._start + self.count * self._period - time.monotonic())
        self.count += 1
        return self.count


class Camera(MediaStreamTrack):
    """Pictures of 24 dark or light blocks: the bits of a counter (16), the person (4) and the nibbles' sum (4)."""

    kind = "video"

    def __init__(self, person):
        super().__init__()
        self._person = person
        self._clock = Clock(1 / PICTURES_PER_SECOND)

    async def recv(self):
        count = await self._clock.tick()
        nibbles = [count >> 12 & 15, count >> 8 & 15, count >> 4 & 15, count & 15, self._person]
        nibbles.append(sum(nibbles) & 15)
        blocks = [LIGHT if n >> bit & 1 else DARK for n in nibbles for bit in (3, 2, 1, 0)]
        light = numpy.kron(numpy.reshape(blocks, (ROWS, COLUMNS)), numpy.ones((HEIGHT // ROWS, WIDTH // COLUMNS)))
        colourless = numpy.full((HEIGHT // 2, WIDTH), 128)
        frame = VideoFrame.from_ndarray(numpy.vstack([light, colourless]).astype(numpy.uint8), format="yuv420p")
        frame.pts = count * 90_000 // PICTURES_PER_SECOND
        frame.time_base = fractions.Fraction(1, 90_000)
        return frame


class Microphone(MediaStreamTrack):
    """A person's tone."""

    kind = "audio"

    def __init__(self, person):
        super().__init__()
        self._turn = 2 * numpy.pi * pitch(person) / RATE
        self._clock = Clock(SAMPLES / RATE)

    async def recv(self):
        first = await self._clock.tick() * SAMPLES
        tone = 0.2 * 32767 * numpy.sin(self._turn * (first + numpy.arange(SAMPLES)))
        frame = AudioFrame.from_ndarray(tone.astype(numpy.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        frame.pts = first
        frame.time_base = fractions.Fraction(1, RATE)
        return frame


def person_in(picture):
    """Whose picture this is, or nothing if it cannot be read."""
    light = picture.to_ndarray(format="yuv420p")
    bits = 0
    for block in range(COLUMNS * ROWS):
        x = (2 * (block % COLUMNS) + 1) * picture.width // (2 * COLUMNS)
        y = (2 * (block // COLUMNS) + 1) * picture.height // (2 * ROWS)
        bits = bits << 1 | int(light[y, x] > BETWEEN)
    nibbles = [bits >> shift & 15 for shift in range(20, -1, -4)]
    return nibbles[4] if bits and sum(nibbles[:5]) & 15 == nibbles[5] else None


async def watch(track, perceived):
    while True:
        person = person_in(await track.recv())
        if person is not None:
            perceived["seen"][person] += 1


async def listen(track, perceived):
    """Tells four times a second whose tone it is, by how often it rises through nothing."""
    sound = numpy.empty(0)
    while True:
        frame = await track.recv()
        channels = len(frame.layout.channels)
        sound = numpy.append(sound, frame.to_ndarray().reshape(-1)[::channels])
        if len(sound) >= frame.sample_rate / 4:
            hertz = numpy.sum((sound[:-1] < 0) & (sound[1:] >= 0)) * frame.sample_rate / len(sound)
            person = round((hertz - pitch(0)) / 100)
            if person > 0 and abs(pitch(person) - hertz) < 20:
                perceived["heard"][person] += 1
            sound = numpy.empty(0)


class Client:
    def __init__(self, capabilities, dtls):
        self._capabilities = capabilities
        self._dtls = dtls
        self._perceived = {"seen": collections.Counter(), "heard": collections.Counter()}
        self._ends, self._senses = [], []

    async def obey(self, order):
        if "send" in order:
            await self._send(order["send"], order["person"])
        elif "receive" in order:
            await self._receive(order["receive"], order["rtpParameters"])
        elif "count" in order:
            say(**self._perceived)

    async def _send(self, kind, person):
        sender = RTCRtpSender(Microphone(person) if kind == "audio" else Camera(person), self._dtls)
        ortc = self._parameters(kind, sender)
        await sender.send(RTCRtpSendParameters(**common(ortc)))
        self._ends.append(sender)
        say(sent=kind, rtpParameters=ortc)

    def _parameters(self, kind, sender):
        codecs = [
            {**{k: v for k, v in c.items() if k not in ("kind", "preferredPayloadType")}, "payloadType": c["preferredPayloadType"]}
            for c in self._capabilities["codecs"]
            if c["kind"] == kind
        ]
        extensions = [e for e in self._capabilities["headerExtensions"] if e["kind"] == kind]
        retransmissions = {"rtx": {"ssrc": sender._rtx_ssrc}} if len(codecs) > 1 else {}
        return {
            "mid": kind,
            "codecs": codecs,
            "headerExtensions": [{"id": e["preferredId"], "uri": e["uri"]} for e in extensions],
            "encodings": [{"ssrc": sender._ssrc, **retransmissions}],
            "rtcp": {"cname": "aiortc", "reducedSize": False},
        }

    async def _receive(self, kind, ortc):
        receiver = RTCRtpReceiver(kind, self._dtls)
        # Both are what a peer connection does; the second is who its own reports come from.
        receiver._track = RemoteStreamTrack(kind)
        receiver._set_rtcp_ssrc(1)
        # aiortc takes encodings for those of one payload type each.
        media = ortc["codecs"][0]["payloadType"]
        encodings = [
            RTCRtpDecodingParameters(e["ssrc"], media, RTCRtpRtxParameters(e["rtx"]["ssrc"]) if "rtx" in e else None)
            for e in ortc["encodings"]
        ]
        await receiver.receive(RTCRtpReceiveParameters(**common(ortc), encodings=encodings))
        self._ends.append(receiver)
        sense = listen if kind == "audio" else watch
        self._senses.append(asyncio.ensure_future(sense(receiver._track, self._perceived)))

    async def stop(self):
        for sense in self._senses:
            sense.cancel()
        for end in self._ends:
            await end.stop()


async def main():
    transport, told = Transport(), orders()
    capabilities = own_capabilities(await anext(told))
    say(**capabilities)
    server = await anext(told)
    transport.introduce()
    await transport.connect(server)
    client = Client(capabilities, transport.dtls)
    async for order in told:
        await client.obey(order)
    await client.stop()
    await transport.stop()


asyncio.run(main())
