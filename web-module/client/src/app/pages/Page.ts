/** What fills the window. */
export interface Page {
  readonly element: HTMLElement;
  readonly title: string;
  /** It is in the document now. */
  opened(): void;
  /** It has been taken away. */
  closed(): void;
  /** A key was pressed outside any input; answers whether it meant something. */
  pressed(key: string): boolean;
}
