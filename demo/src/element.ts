/**
 * Elements with their attributes and content, without a word of HTML in a string.
 *
 * @module
 */
type Content = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

function filled<E extends Element>(made: E, attributes: Attributes, content: readonly Content[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...content.filter((part) => part !== null));
  return made;
}

/** An HTML element; attributes that are null, undefined or false are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, content);
}

/** An SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...content: readonly Content[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, content);
}

/** A button that does something. */
export function button(
  words: string,
  act: () => void,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, words, ...content);
  made.addEventListener('click', act);
  return made;
}

/** The element of the page's own HTML that has this id. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return found as E;
}

/** Custom properties of CSS, which a content security policy lets scripts set. */
export function look<E extends HTMLElement | SVGElement>(
  made: E,
  properties: Readonly<Record<`--${string}`, string | number>>,
): E {
  for (const [name, value] of Object.entries(properties)) made.style.setProperty(name, String(value));
  return made;
}
