import { SaxesParser } from 'saxes';
import { storable } from '../vendorValues';
import type { EventElement } from './eventElement';
import { isForbidden, saveFromXmlRules } from './xmlRules';

/**
 * Reads one element of event XML (`<Event>…</Event>`, `<EventData>…`), or says why it cannot be read. What
 * stands behind the element is not looked at. References to unknown entities stay as they are written: a document
 * type is passed over, nothing is fetched and nothing expands. Time is linear in the text.
 */
export function parseEventXml(text: string): EventElement | string {
  const kept = storable(saveFromXmlRules(text));
  const reader = new ElementReader(kept);
  for (let at = 0; at < kept.length && reader.result === undefined; at += PIECE) {
    reader.write(kept.slice(at, at + PIECE));
  }
  return reader.result ?? reader.unfinished();
}

/** An element while it is being read. */
type Open = {
  readonly name: string;
  readonly attributes: (readonly [string, string])[];
  readonly children: EventElement[];
  text: string;
};

/** Saxes, keeping the elements that are open and the first result; what comes behind a result is not looked at. */
class ElementReader extends SaxesParser<typeof OPTIONS> {
  /** The element, or why it cannot be read; undefined while neither is known. */
  result: EventElement | string | undefined;
  private readonly source: string;
  private readonly stack: Open[] = [];
  /** The element whose tag is being read. */
  private tagged: Open | undefined;
  private elements = 0;
  private failedAt = -1;
  private doneAt = -1;

  constructor(source: string) {
    super(OPTIONS);
    this.source = source;
    this.on('opentagstart', ({ name }) => this.start(name));
    this.on('attribute', ({ name, value }) => this.attribute(name, value));
    this.on('opentag', () => this.open());
    this.on('closetag', () => this.finish());
    this.on('text', (text) => this.add(text));
    this.on('cdata', (text) => this.add(text));
  }

  /**
   * Saxes calls this for each fault and goes on. A character that XML forbids (Windows writes them in command
   * lines), an unknown entity and `]]>` are kept as text and harm nothing; any other fault means that a part
   * of the element would be lost. Overridden, not listened to: an Error for each of a longest record's control
   * characters takes minutes (3 µs each).
   */
  override fail(): this {
    const at = this.position;
    // A second fault at one character is not about the character but about its place.
    const again = at === this.failedAt;
    this.failedAt = at;
    // The end tag of another element closes the root before it is called a fault.
    const misclosed = at === this.doneAt;
    if (this.result === undefined ? again || !this.harmless(at) : misclosed) this.result = this.fault();
    return this;
  }

  /** What is not well-formed, by the element that is being read. */
  private fault(): string {
    if (this.tagged !== undefined)
      return `not well-formed XML: the attributes of <${shown(this.tagged.name)}> cannot be read`;
    const around = this.stack.at(-1);
    return around === undefined ? 'not well-formed XML' : `not well-formed XML in <${shown(around.name)}>`;
  }

  /** Why there is no result at the end of the text. */
  unfinished(): string {
    const around = this.tagged ?? this.stack.at(-1);
    return around === undefined
      ? 'holds no XML element'
      : `not well-formed XML: <${shown(around.name)}> is not closed`;
  }

  private harmless(at: number): boolean {
    const { source } = this;
    if (isForbidden(source.charCodeAt(at - 1)) || source.startsWith(']]>', at - 3)) return true;
    return ENTITY_END.test(source.slice(Math.max(0, at - ENTITY_MAX), at));
  }

  private start(name: string): void {
    if (this.result !== undefined) return;
    this.tagged = { name, attributes: [], children: [], text: '' };
    if (++this.elements > ELEMENTS_MAX || this.stack.length >= DEPTH_MAX)
      this.result = 'has more elements than an event has';
  }

  private attribute(name: string, value: string): void {
    if (this.result !== undefined || this.tagged === undefined) return;
    this.tagged.attributes.push([name, value]);
    if (this.tagged.attributes.length > ATTRIBUTES_MAX)
      this.result = `has more attributes in <${shown(this.tagged.name)}> than an event has`;
  }

  private open(): void {
    if (this.result !== undefined || this.tagged === undefined) return;
    this.stack.push(this.tagged);
    this.tagged = undefined;
  }

  private finish(): void {
    if (this.result !== undefined) return;
    const done = this.stack.pop();
    if (done === undefined) return;
    const around = this.stack.at(-1);
    if (around !== undefined) around.children.push(done);
    else {
      this.result = done;
      this.doneAt = this.position;
    }
  }

  private add(text: string): void {
    const around = this.stack.at(-1);
    if (around !== undefined && this.result === undefined) around.text += text;
  }
}

/** A declaration cannot change the version: XML 1.1 would turn U+0085 and U+2028 into line feeds. */
const OPTIONS = {
  position: false,
  defaultXMLVersion: '1.0',
  forceXMLVersion: true,
} as const;

/** How much is read at once before looking for a result. */
const PIECE = 64 * 1024;

const ENTITY_MAX = 70;
const ENTITY_END = /&[#\w.-]{1,66};$/;

/** The beginning of a name, for a reason. */
function shown(name: string): string {
  return storable(name.slice(0, 40));
}

const ELEMENTS_MAX = 20_000;
const ATTRIBUTES_MAX = 1000;
const DEPTH_MAX = 64;
