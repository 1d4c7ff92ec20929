type Child = Node | string | null | undefined | false;
type Properties = Readonly<Record<string, unknown>>;

/** Makes an element: properties that begin with `on` are listeners, `class`, `aria-*`, `data-*` and `role` are attributes. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    } else if (isAttribute(name)) {
      setAttribute(element, name, value);
    } else if (value !== undefined) {
      Reflect.set(element, name, value);
    }
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** Sets an attribute, or takes it away for false and undefined. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === undefined || value === null || value === false) {
    element.removeAttribute(name);
  } else {
    const text = value === true && !name.startsWith("aria-") ? "" : String(value);
    if (element.getAttribute(name) !== text) {
      element.setAttribute(name, text);
    }
  }
}

/** Sets an element's text only when it differs, so that screen readers do not read it again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Replaces the children of an element when they differ. */
export function setChildren(element: Element, children: readonly Node[]): void {
  const same = element.childNodes.length === children.length && children.every((child, at) => element.childNodes[at] === child);
  if (!same) {
    element.replaceChildren(...children);
  }
}

function isAttribute(name: string): boolean {
  return name === "class" || name === "role" || name === "for" || name.startsWith("aria-") || name.startsWith("data-");
}
