/** Columns and the width of one tile, in pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly tileWidth: number;
}

/**
 * The grid in which equal tiles are largest.
 *
 * @param aspect width of a tile divided by its height
 * @param gap pixels between tiles
 */
export function largestTiles(count: number, width: number, height: number, aspect: number, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, tileWidth: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows) * aspect;
    const tileWidth = Math.floor(Math.max(0, Math.min(byWidth, byHeight)));
    if (tileWidth > best.tileWidth) {
      best = { columns, tileWidth };
    }
  }
  return best;
}

/** One or two letters for a person without a picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}

/** A colour of its own for each person, as a hue in degrees. */
export function hueOf(id: string): number {
  let hash = 0;
  for (const letter of id) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  }
  return hash;
}
