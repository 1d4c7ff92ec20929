/** What to do with an event. */
export type Arrival = "DELIVER" | "DUPLICATE" | "STALE" | "GAP";

/** Judges the events of one session by their sequence number, and by the epoch of the call's owner that made them. */
export class EventOrder {
  #lastSeq = 0;
  #epoch: number;

  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  /** The highest sequence number up to which everything has arrived. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The highest epoch seen. */
  get epoch(): number {
    return this.#epoch;
  }

  /** STALE: an owner that is no longer in charge made it. GAP: something before it is missing. */
  judge(seq: number, epoch: number): Arrival {
    if (seq <= this.#lastSeq) {
      return "DUPLICATE";
    }
    if (seq > this.#lastSeq + 1) {
      return "GAP";
    }
    this.#lastSeq = seq;
    if (epoch < this.#epoch) {
      return "STALE";
    }
    this.#epoch = epoch;
    return "DELIVER";
  }

  /** A reply told the epoch. */
  learn(epoch: number): void {
    this.#epoch = Math.max(this.#epoch, epoch);
  }
}
