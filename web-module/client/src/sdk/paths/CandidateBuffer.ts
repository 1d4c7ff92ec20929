import type { Candidate } from "../contract";

/** Keeps candidates in order with descriptions: none is sent before the description it belongs to, none applied before its own. */
export class CandidateBuffer {
  readonly #connection: RTCPeerConnection;
  readonly #line: { trickle(candidate: Candidate): Promise<unknown> };
  #remoteWaiting: Candidate[] = [];
  #localWaiting: Candidate[] = [];
  #holding = true;

  constructor(connection: RTCPeerConnection, line: { trickle(candidate: Candidate): Promise<unknown> }) {
    this.#connection = connection;
    this.#line = line;
    connection.onicecandidate = (event) => event.candidate && this.#gathered(event.candidate);
  }

  /** A new local description is being made. */
  hold(): void {
    this.#holding = true;
  }

  /** The local description is on its way. */
  localDescribed(): void {
    this.#holding = false;
    this.#localWaiting.splice(0).forEach((candidate) => this.#send(candidate));
  }

  /** A candidate of the other end. */
  async arrived(candidate: Candidate): Promise<void> {
    if (this.#connection.remoteDescription === null) {
      this.#remoteWaiting.push(candidate);
    } else {
      await this.#apply(candidate);
    }
  }

  /** The other end's description is in place. */
  async remoteDescribed(): Promise<void> {
    for (const candidate of this.#remoteWaiting.splice(0)) {
      await this.#apply(candidate);
    }
  }

  async #apply(candidate: Candidate): Promise<void> {
    const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const init: RTCIceCandidateInit = {
      candidate: line,
      sdpMid: sdpMid ?? null,
      sdpMLineIndex: sdpMLineIndex ?? (sdpMid === undefined ? 0 : null),
      usernameFragment: usernameFragment ?? null,
    };
    try {
      await this.#connection.addIceCandidate(init);
    } catch (error) {
      // A candidate of a generation, or of a section, that has been replaced meanwhile is of no use any more.
      if (this.#connection.signalingState !== "closed" && !(error instanceof DOMException)) {
        throw error;
      }
    }
  }

  #gathered(candidate: RTCIceCandidate): void {
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    const own: Candidate = {
      candidate: candidate.candidate,
      ...(sdpMid !== null && { sdpMid }),
      ...(sdpMLineIndex !== null && { sdpMLineIndex }),
      ...(usernameFragment !== null && { usernameFragment }),
    };
    if (this.#holding) {
      this.#localWaiting.push(own);
    } else {
      this.#send(own);
    }
  }

  #send(candidate: Candidate): void {
    // One lost candidate does no harm by itself; a path that cannot connect is told by its state.
    this.#line.trickle(candidate).catch(() => undefined);
  }
}
