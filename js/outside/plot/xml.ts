// SVG as text, the same from every DOM: HTML serialisation of attributes and void elements differs between them.

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that HTML and XML show as it is, in elements and in attributes. */
export const escapeXml = (text: string): string =>
  text
    // XML has no place for them, not even as references.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

const ELEMENT = 1;
const TEXT = 3;

/** What pages with a content security policy would refuse, and what has no use without it. */
const LEFT_OUT = ['style', 'class'];

/** Hundredths of a pixel are enough: more is a third of a figure's bytes. */
const rounded = (value: string): string =>
  value.replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100));

/** An element and what is in it, without styles. */
export function serialize(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .map(({ name, value }) => ` ${name}="${escapeXml(rounded(value))}"`)
    .join('');
  const content = [...element.childNodes]
    .map((node) => {
      if (node.nodeType === TEXT) return escapeXml(node.textContent ?? '');
      if (node.nodeType !== ELEMENT || LEFT_OUT.includes((node as Element).localName)) return '';
      return serialize(node as Element);
    })
    .join('');
  // linkedom's nodeName is in capitals within HTML documents, for SVG too.
  const name = element.localName;
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}
