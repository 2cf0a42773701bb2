import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawText } from './encoding';
import type { DecodedRecord } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';

const three = [
  { EventID: 1, a: 'x' },
  { EventID: 2, a: 'ß {"}] \\ " \u2028 €' },
  { EventID: 3, n: { m: [1, { o: [] }] } },
];
const lines = three.map((one) => JSON.stringify(one)).join('\n');

describe('JSON records', () => {
  const layouts: readonly (readonly [string, string])[] = [
    ['one object per line', `${lines}\n`],
    ['without a last newline', lines],
    [
      'with CRLF and blank lines',
      `\r\n${three.map((one) => JSON.stringify(one)).join('\r\n\r\n  \r\n')}\r\n`,
    ],
    ['an array on one line', JSON.stringify(three)],
    ['a pretty-printed array', JSON.stringify(three, null, 2)],
    ['an array with one object per line', `[\n${three.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`],
    [
      'pretty-printed objects one after the other',
      three.map((one) => JSON.stringify(one, null, 2)).join('\n'),
    ],
    ['objects joined without a separator', three.map((one) => JSON.stringify(one)).join('')],
    [
      'several objects on a line',
      `${JSON.stringify(three[0])}\n${JSON.stringify(three[1])} ${JSON.stringify(three[2])}\n`,
    ],
    [
      'a search answer',
      JSON.stringify({
        took: 1,
        hits: { total: { value: 3 }, hits: three.map((one) => ({ _id: 'x', _source: one })) },
        aggregations: { a: [{ b: 1 }] },
      }),
    ],
    [
      'a search answer, pretty-printed',
      JSON.stringify({ took: 1, hits: { hits: three.map((one) => ({ _id: 'x', _source: one })) } }, null, 4),
    ],
    ['records', JSON.stringify({ records: three })],
    ['value of an API answer', JSON.stringify({ '@odata.context': 'x[{"', value: three, count: 3 })],
    ['results of a query', JSON.stringify({ Schema: [{ Name: 'a' }], Results: three }, null, 1)],
    [
      'the rows of a Splunk search',
      JSON.stringify({ preview: false, init_offset: 0, fields: [{ name: 'a' }], results: three }, null, 1),
    ],
    ['a page of Falcon', JSON.stringify({ meta: { trace_id: 'x' }, resources: three, errors: [{ id: 1 }] })],
    [
      'a page with metadata of its own',
      JSON.stringify({ metadata: { total: 3 }, data: three, pagination: { totalItems: 3 } }),
    ],
    [
      'what Kibana inspects',
      JSON.stringify({ id: 0, rawResponse: { took: 1, hits: { total: 3, hits: three } }, total: 1 }, null, 2),
    ],
    [
      'what Kibana receives',
      JSON.stringify({ id: 0, result: { rawResponse: { _shards: {}, hits: { hits: three } } } }),
    ],
    ['a search run in the background', JSON.stringify({ id: 'F', response: { hits: { hits: three } } })],
    [
      'the answers of several searches',
      JSON.stringify({
        took: 1,
        responses: [
          { hits: { total: { value: 2 }, hits: three.slice(0, 2) }, status: 200 },
          { hits: { hits: [] }, status: 200 },
          { took: 1, hits: { hits: three.slice(2) } },
        ],
      }),
    ],
    ['events of an EQL search', JSON.stringify({ took: 1, hits: { total: {}, events: three } }, null, 2)],
    ['an envelope per line', three.map((one) => JSON.stringify({ records: [one] })).join('\n')],
    ['a document per line', three.map((one) => JSON.stringify({ _index: 'a', _source: one })).join('\n')],
  ];

  for (const [name, text] of layouts) {
    it(`reads ${name}`, () => {
      const { records, problem } = decode(utf8(text));
      expect(records.map((one) => one.value ?? one.refused)).toEqual(three);
      expect(records.map((one) => one.index)).toEqual([0, 1, 2]);
      expect(problem).toBeUndefined();
    });
    it(`reads ${name} in UTF-16 and with a byte order mark`, () => {
      for (const bytes of [
        utf8(`\ufeff${text}`),
        utf16(text, true),
        utf16(`\ufeff${text}`, true),
        utf16(text, false),
        utf16(`\ufeff${text}`, false),
      ]) {
        expect(decode(bytes).records.map((one) => one.value ?? one.refused)).toEqual(three);
      }
    });
    it(`gives back the bytes of ${name} at their place, however the chunks are cut`, () => {
      for (const bytes of [utf8(text), utf16(`\ufeff${text}`, true)]) {
        const whole = decode(bytes);
        for (const one of whole.records) {
          expect(one.raw).toEqual(bytes.slice(one.offset, one.offset + one.length));
          expect(JSON.parse(rawText(one.raw))).toBeTypeOf('object');
        }
        for (const size of [1, 2, 3, 7, 64]) expect(decode(bytes, size)).toEqual(whole);
      }
    });
  }

  it.each([
    ['after what a record has', { class_uid: 2004, resources: [{ uid: 'a' }], time: 1 }],
    ['after the product', { metadata: { version: '1', product: { name: 'x' } }, resources: [{ uid: 'a' }] }],
    ['before what a record has', { resources: [{ uid: 'a' }], class_uid: 2004, time: 1 }],
    ['beside a time', { data: [{ a: 1 }], '@timestamp': 'x' }],
    ['after a type', { type: 'alert', events: [{ a: 1 }], items: [{ b: 1 }] }],
    ['after a severity', { severity: 'high', events: [{ a: 1 }] }],
  ])('leaves a record whole whose list stands %s', (_name, record) => {
    for (const text of [
      JSON.stringify(record),
      JSON.stringify(record, null, 2),
      `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`,
      `${JSON.stringify(record, null, 2)}\n${JSON.stringify(record, null, 2)}\n`,
    ])
      for (const bytes of [utf8(text), utf16(text, true)])
        for (const one of decode(bytes).records) expect(one.value ?? one.refused).toEqual(record);
  });

  it('leaves a record longer than the sample whole that says what it is before its list', () => {
    const record = { class_uid: 2004, resources: [{ uid: 'a' }], text: 'x'.repeat(100_000) };
    for (const text of [JSON.stringify(record), JSON.stringify(record, null, 2)])
      expect(decode(utf8(text), 4096).records.map((one) => one.value)).toEqual([record]);
  });

  it('refuses one bad line and reads the others', () => {
    const bad = [
      '{"EventID": 1,',
      'not json',
      '{"EventID": 1}}',
      '[1, 2]',
      '"text"',
      '{"a": "x',
      '\u0000\u0000\u0000',
      '{"a": tru}',
    ];
    for (const one of bad) {
      const text = `${JSON.stringify(three[0])}\n${one}\n${JSON.stringify(three[1])}\n${JSON.stringify(three[2])}\n`;
      const { records } = decode(utf8(text));
      expect(
        records.map((record) => record.value),
        one,
      ).toEqual([three[0], undefined, three[1], three[2]]);
      expect(rawText(records[1]?.raw ?? new Uint8Array()), one).toBe(one);
      expect(records[1]?.offset).toBe(JSON.stringify(three[0]).length + 1);
      expect(records[1]?.refused, one).toMatch(/JSON/);
    }
  });

  it('finds the next record after a broken one in an array', () => {
    const broken = ['{"a": "x', '{"a": tru}', '{"a": [1}', '{"a": {"b": 1}', '{"a" 1}', '12'];
    for (const one of broken) {
      const text = `[\n  ${JSON.stringify(three[0])},\n  ${one},\n  ${JSON.stringify(three[2])}\n]`;
      const { records } = decode(utf8(text));
      expect(
        records.map((record) => record.value),
        one,
      ).toEqual([three[0], undefined, three[2]]);
      expect(rawText(records[1]?.raw ?? new Uint8Array())).toContain(one);
    }
  });

  it('keeps the bytes of a record that the end of the file cuts off', () => {
    for (const text of [
      lines,
      JSON.stringify(three),
      JSON.stringify(three, null, 2),
      JSON.stringify({ value: three }),
    ]) {
      for (let end = 1; end < text.length; end += 3) {
        const bytes = utf8(text.slice(0, end));
        const { records, problem } = decode(bytes);
        expect(records.filter((one) => one.value !== undefined).map((one) => one.value)).toEqual(
          three.slice(0, records.filter((one) => one.value !== undefined).length),
        );
        const last = records.at(-1);
        const closed = last?.value !== undefined;
        expect(closed || last !== undefined || problem !== undefined, text.slice(0, end)).toBe(true);
      }
    }
  });

  it('says so when an array is not closed', () => {
    expect(decode(utf8('[{"EventID":1},{"EventID":2}')).problem).toMatch(/cut off/);
  });

  it('reads invalid UTF-8 with a replacement character and keeps the bytes', () => {
    const bytes = new Uint8Array([
      ...utf8('{"EventID":1,"a":"'),
      0xff,
      0xfe,
      0x41,
      ...utf8('"}\n{"EventID":2,"b":"éèç"}\n'),
    ]);
    const { records } = decode(bytes);
    expect(records.map((one) => one.value)).toEqual([
      { EventID: 1, a: '\ufffd\ufffdA' },
      { EventID: 2, b: 'éèç' },
    ]);
    expect(records[0]?.raw).toEqual(bytes.slice(0, bytes.indexOf(10)));
  });

  it('takes a file whose bytes beyond ASCII are none of UTF-8 for Windows-1252', () => {
    const bytes = new Uint8Array(Buffer.from('{"EventID":1,"a":"C:\\\\Für René"}\n', 'latin1'));
    const { records } = decode(bytes);
    expect(records.map((one) => one.value)).toEqual([{ EventID: 1, a: 'C:\\Für René' }]);
  });

  it('refuses brackets without end and reads on', () => {
    const { records } = decode(utf8(`${lines}\n{"a":${'['.repeat(100_000)}\n${JSON.stringify(three[0])}\n`));
    expect(records.map((one) => one.value)).toEqual([...three, undefined, three[0]]);
  });

  it('holds no more than the limit of a record that has no end', { timeout: 30_000 }, () => {
    for (const first of [`${lines}\n{"a":"`, `[${JSON.stringify(three[0])},{"a":"`]) {
      const decoder = createJsonDecoder();
      const got = [...decoder.push(utf8(first.padEnd(65_536, 'x')))];
      const chunk = new Uint8Array(1 << 20).fill(120);
      for (let i = 0; i < 70; i++) got.push(...decoder.push(chunk));
      got.push(...decoder.push(utf8(`"}\n{"EventID":9}\n`)));
      got.push(...decoder.end().records);
      const long = got.find((one) => one.refused !== undefined);
      expect(long?.refused).toMatch(/longer than/);
      expect(long?.length).toBeGreaterThan(70 << 20);
      expect(long?.raw.length).toBeLessThan(1 << 20);
      expect(got.at(-1)?.value).toEqual({ EventID: 9 });
    }
  });

  it('reads any JSON values in any layout and any cut', () => {
    const object = fc.dictionary(
      fc.string({ minLength: 1 }).map((key) => `k${key}`),
      fc.jsonValue({ maxDepth: 3 }),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(
        fc.array(object, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 1, 2, 3),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (values, layout, size, wide) => {
          // Empty ones in front look the same printed on one line each: what follows is then read as lines.
          fc.pre(layout !== 3 || Object.keys(values[0] ?? {}).length > 0);
          const text =
            [
              () => values.map((one) => JSON.stringify(one)).join('\n'),
              () => JSON.stringify(values),
              () => JSON.stringify(values, null, 2),
              () => values.map((one) => JSON.stringify(one, null, 1)).join('\r\n'),
            ][layout]?.() ?? '';
          const { records } = decode(wide ? utf16(`\ufeff${text}`, true) : utf8(text), size);
          expect(records.map((one) => one.value ?? one.refused)).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

function decode(bytes: Uint8Array, size = bytes.length || 1): { records: DecodedRecord[]; problem?: string } {
  const decoder = createJsonDecoder();
  const records: DecodedRecord[] = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...decoder.push(bytes.slice(at, at + size)));
  const end = decoder.end();
  records.push(...end.records);
  return end.problem === undefined ? { records } : { records, problem: end.problem };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little);
  return bytes;
}
