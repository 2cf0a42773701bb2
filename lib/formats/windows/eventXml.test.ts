import { describe, expect, it } from 'vitest';
import type { EventElement } from './eventElement';
import { parseEventXml } from './eventXml';

describe('one element of event XML', () => {
  it('is read with its attributes in order, its children and its text', () => {
    expect(
      parseEventXml(`<?xml version="1.1"?>\n<Event a='1' b="2">x<Data Name='N'>y</Data>z<C/></Event>`),
    ).toEqual({
      name: 'Event',
      attributes: [
        ['a', '1'],
        ['b', '2'],
      ],
      children: [
        { name: 'Data', attributes: [['Name', 'N']], children: [], text: 'y' },
        { name: 'C', attributes: [], children: [], text: '' },
      ],
      text: 'xz',
    });
  });

  it('keeps its values as Windows wrote them', () => {
    for (const [written, meant] of [
      ['a &amp; b &lt;&gt;&quot;&apos;', `a & b <>"'`],
      ['a & b; R&D &#x41;&#66;', 'a & b; R&D AB'],
      ['line\r\nline\rline\n', 'line\r\nline\rline\n'],
      ['\u001b[0m &#x1b;&#27; \uffff', '\u001b[0m \u001b\u001b \uffff'],
      ['&#xD83D;&#xDE00;\u{1f600}', '\u{1f600}\u{1f600}'],
      ['\ud800<', undefined],
      ['&lol; &#x110000; &#99999999;', '&lol; &#x110000; &#99999999;'],
      ['a]]>b<![CDATA[c & <d>]]>e', 'a]]>bc & <d>e'],
      ['\u0085\u2028', '\u0085\u2028'],
      ['<!-- a & b > c -->x<?pi y?>', 'x'],
    ] as const)
      expect([written, textOf(parseEventXml(`<Event>${written}</Event>`))]).toEqual([written, meant]);
  });

  it('takes a control character or an unknown entity in an attribute for what it is', () => {
    expect(parseEventXml(`<Event a='\u001b' b='&x;&amp;' c='1 & 2; 3'/>`)).toMatchObject({
      attributes: [
        ['a', '\u001b'],
        ['b', '&x;&'],
        ['c', '1 & 2; 3'],
      ],
    });
  });

  it('ends at its end tag: what stands behind it is not looked at', () => {
    for (const behind of ['', ' x & <', '</b>', '<c>', '"}'])
      expect(parseEventXml(`<Event><a/></Event>${behind}`)).toMatchObject({ children: [{ name: 'a' }] });
  });

  it('is refused in a short sentence where a part of it would be lost', () => {
    const long = 'n'.repeat(500);
    for (const text of [
      '',
      'x',
      '</x>',
      '<Event',
      '<<Event><System/></Event>',
      '<Event><a></Event>',
      '<Event></b>',
      '<Event><a></b></a></Event>',
      '<Event>a < b</Event>',
      '<Event><></Event>',
      '<Event><\u0001></Event>',
      '<Event><!x></Event>',
      '<Event><![CDATA[x</Event>',
      "<Event a='1' a='2'/>",
      '<Event a/>',
      '<Event a=1/>',
      "<Event a='<'/>",
      `<Event><${long} ${long}/></Event>`,
      `<Event><${long}></Event>`,
    ]) {
      const refused = parseEventXml(text);
      expect([text, refused]).toEqual([text, expect.any(String)]);
      expect((refused as string).length).toBeLessThanOrEqual(120);
    }
  });

  it('expands no entity that a document type declares', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`;
    expect(textOf(parseEventXml(`${bomb}<Event>&a;&b;&c;</Event>`))).toBe('&a;&b;&c;');
  });

  it('has bounds on its elements, its depth and its attributes', () => {
    const deep = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const wide = (count: number): string => `<Event>${'<a/>'.repeat(count)}</Event>`;
    const many = (count: number): string =>
      `<Event ${Array.from({ length: count }, (_, i) => `a${i}=''`).join(' ')}/>`;
    for (const text of [deep(64), wide(19_999), many(1000)]) expect(parseEventXml(text)).toBeTypeOf('object');
    for (const text of [deep(65), wide(20_000), many(1001)])
      expect(parseEventXml(text)).toMatch(/than an event has$/);
  });

  it('gives the same wherever its text is cut into pieces', () => {
    for (let before = 65_520; before < 65_545; before++) {
      const value = `${'x'.repeat(before)}\r\n\u{1f600}&amp;&lt;\u0001<![CDATA[]]]]>`;
      expect(textOf(parseEventXml(`<Event>${value}</Event>`))?.slice(before)).toBe('\r\n\u{1f600}&<\u0001]]');
    }
  });

  it('is read in time that grows with its length, whatever it holds', () => {
    for (const unit of [
      '\u0001',
      '&',
      '&x;',
      '&a & b;',
      '<',
      '<a>',
      '<!',
      '<![CDATA[',
      '\r',
      '<!--',
      '<a b="',
      '<a =',
      ']]>',
      '</b>',
      '<!DOCTYPE [',
      '&#27;',
      '\ud800',
      '<?',
      '\0',
    ]) {
      parseEventXml(`<Event>${unit.repeat(200_000)}</Event>`);
      parseEventXml(unit.repeat(200_000));
    }
  });
});

function textOf(read: EventElement | string): string | undefined {
  return typeof read === 'string' ? undefined : read.text;
}
