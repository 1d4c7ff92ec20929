/** Numbers that look random and come again with the same seed (xorshift, G. Marsaglia 2003). */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Zero would stay zero; neighbouring seeds are torn apart.
    this.#state = Math.imul(seed ^ 0x5f3759df, 0x9e3779b1) >>> 0 || 1;
    for (let turn = 0; turn < 8; turn++) {
      this.#next();
    }
  }

  /** Whether something happens that has this probability. */
  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  /** A number between two others. */
  between(least: number, most: number): number {
    return least + (most - least) * this.#next();
  }

  /** A whole number between two others, both included. */
  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.integer(0, items.length - 1)];
  }

  /** The items in any order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    return items.map((item) => ({ item, at: this.#next() })).sort((one, other) => one.at - other.at).map(({ item }) => item);
  }

  /** Another sequence, which does not depend on how far this one is used later. */
  fork(): Random {
    return new Random(this.integer(1, 0x7fff_ffff));
  }

  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state / 0x1_0000_0000;
  }
}
