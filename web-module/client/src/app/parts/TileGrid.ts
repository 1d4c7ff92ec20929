import { h, setAttribute, setChildren } from "../dom";
import { largestTiles } from "../layout";
import { Tile, type TileView } from "./Tile";

const GAP = 12;
const ASPECT = 16 / 9;
const NARROW_ASPECT = 4 / 3;

/** All tiles: equal ones as large as they fit, or shared screens large and people in a strip. */
export class TileGrid {
  readonly element: HTMLElement;
  readonly #people = h("ul", { class: "tiles", "aria-label": "People in the call" });
  readonly #screens = h("ul", { class: "screens", "aria-label": "Shared screens" });
  readonly #tiles = new Map<string, Tile>();
  readonly #observer = new ResizeObserver(() => this.#arrange());

  constructor() {
    this.element = h("div", { class: "grid" }, this.#screens, this.#people);
    this.#observer.observe(this.element);
  }

  /** @param views by a key that stays the same for the same person or screen */
  show(views: ReadonlyMap<string, TileView>): void {
    [...this.#tiles.keys()].filter((key) => !views.has(key)).forEach((key) => this.#tiles.delete(key));
    const people: HTMLElement[] = [];
    const screens: HTMLElement[] = [];
    for (const [key, view] of views) {
      const tile = this.#tiles.get(key) ?? new Tile();
      this.#tiles.set(key, tile);
      tile.show(view);
      (view.screen ? screens : people).push(tile.element);
    }
    setChildren(this.#people, people);
    setChildren(this.#screens, screens);
    setAttribute(this.element, "data-sharing", screens.length > 0);
    this.#screens.hidden = screens.length === 0;
    this.#arrange();
  }

  close(): void {
    this.#observer.disconnect();
  }

  #arrange(): void {
    const narrow = this.element.clientWidth < 560 && this.#screens.hidden;
    const aspect = narrow ? NARROW_ASPECT : ASPECT;
    const list = this.#screens.hidden ? this.#people : this.#screens;
    const { tileWidth } = largestTiles(list.childElementCount, list.clientWidth, list.clientHeight, aspect, GAP);
    this.element.style.setProperty("--tile-width", `${tileWidth}px`);
    this.element.style.setProperty("--tile-aspect", String(aspect));
  }
}
