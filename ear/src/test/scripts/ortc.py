"""What every client by aiortc has: a transport of its own, and orders that come line by line."""

import asyncio
import json
import sys

from aiortc import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceCandidate,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)


def say(**words):
    print(json.dumps(words), flush=True)


async def orders():
    """What is read from the standard input, line by line, until it ends."""
    lines = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        yield json.loads(line)


class Transport:
    """ICE and DTLS of the client's end."""

    def __init__(self):
        self.ice = RTCIceTransport(RTCIceGatherer(iceServers=[]))
        # There is no public way to take these roles without a peer connection.
        self.ice._connection.ice_controlling = True
        self.dtls = RTCDtlsTransport(self.ice, [RTCCertificate.generateCertificate()])
        self.dtls._set_role("client")

    def introduce(self):
        """Says what the server has to know: dtlsParameters."""
        own = self.dtls.getLocalParameters()
        say(role="client", fingerprints=[{"algorithm": f.algorithm, "value": f.value} for f in own.fingerprints])

    async def connect(self, server):
        """Connects with the server's transport: iceParameters, iceCandidates and dtlsParameters."""
        await self.ice.iceGatherer.gather()
        for candidate in server["iceCandidates"]:
            await self.ice.addRemoteCandidate(
                RTCIceCandidate(
                    component=1,
                    foundation=candidate["foundation"],
                    ip=candidate["address"],
                    port=candidate["port"],
                    priority=candidate["priority"],
                    protocol=candidate["protocol"],
                    type=candidate["type"],
                )
            )
        await self.ice.addRemoteCandidate(None)
        credentials = server["iceParameters"]
        await self.ice.start(RTCIceParameters(credentials["usernameFragment"], credentials["password"], True))
        fingerprints = server["dtlsParameters"]["fingerprints"]
        await self.dtls.start(RTCDtlsParameters([RTCDtlsFingerprint(f["algorithm"], f["value"]) for f in fingerprints]))

    async def stop(self):
        await self.dtls.stop()
        await self.ice.stop()
