import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBER_FIELDS, TEXT_FIELDS } from '../events/endpointEvent';
import { queryField } from './fields';
import { type ParsedQuery, parseQuery, QUERY_LIMITS } from './parse';
import { printQuery, queryTree } from './testQueries';

/** The tree in few words: `(process.name is mshta.exe and not …)`. */
function said(text: string): string {
  const parsed = parseQuery(text);
  if (!parsed.ok) return `at ${parsed.problem.from}-${parsed.problem.to}: ${parsed.problem.message}`;
  return parsed.node === null ? 'nothing' : printQuery(parsed.node);
}

function problem(text: string) {
  const parsed: ParsedQuery = parseQuery(text);
  if (parsed.ok) throw new Error(`"${text}" is a query`);
  return { ...parsed.problem, at: text.slice(parsed.problem.from, parsed.problem.to) };
}

describe('a query', () => {
  it.each([
    ['', 'nothing'],
    ['  ', 'nothing'],
    ['process.name:mshta.exe', 'process.name:mshta.exe'],
    ['Process.Name : "MSHTA.exe"', 'process.name:MSHTA.exe'],
    [
      'process.name:mshta.exe and destination.port:443 and not user.name:svc_*',
      '(process.name:mshta.exe) and (destination.port:443) and (not (user.name:"svc_"*))',
    ],
    ['a or b and not c', '("a") or (("b") and (not ("c")))'],
    ['(a OR b) And c', '(("a") or ("b")) and ("c")'],
    ['a b', '("a") and ("b")'],
    ['not not a', '"a"'],
    ['not(a)', 'not ("a")'],
    ['"and" or \'or\'', '("and") or ("\'or\'")'],
    [
      'destination.port >= 1024 destination.port<65536',
      '(destination.port >= 1024) and (destination.port < 65536)',
    ],
    ['file.path:*', 'file.path:*'],
    ['*', '*'],
    [
      'user.name:(anna or b* and not "c d")',
      '(user.name:anna) or ((user.name:"b"*) and (not (user.name:"c d")))',
    ],
    ['port:(80 or (443))', '(port:80) or (port:443)'],
    ['kind:process_*', 'kind:"process_"*'],
    ['file.name:a??.txt', 'file.name:"a"??".txt"'],
    ['iex(New-Object', '"iex(New-Object"'],
    ['(b(c) or d)', '("b(c)") or ("d")'],
  ])('%s', (text, tree) => {
    expect(said(text)).toBe(tree);
  });

  it.each([
    ['file.path:C:\\Users\\*', 'file.path:"C:\\\\Users\\\\"*'],
    ['file.path:C:\\\\Users\\\\*', 'file.path:"C:\\\\Users\\\\"*'],
    ['file.path:*\\*.hta', 'file.path:*"\\\\"*".hta"'],
    ['file.path:"C:\\Program Files\\"*', 'at 10-30: This quote is not closed: add ".'],
    ['file.path:"C:\\Program Files\\\\"*', 'file.path:"C:\\\\Program Files\\\\"*'],
    ['cmd:*C:\\Users\\*', 'cmd:*"C:\\\\Users\\\\"*'],
    ['cmd:del\\*', 'cmd:"del*"'],
    ['cmd:C:\\*', 'cmd:"C:\\\\"*'],
    ['C:\\Windows\\x', '"C:\\\\Windows\\\\x"'],
    ['process.executable:"C:\\Windows\\cmd.exe"', 'process.executable:"C:\\\\Windows\\\\cmd.exe"'],
    ['https://evil.example/a?b', '"https://evil.example/a"?"b"'],
    ['destination.ip:fe80::1', 'destination.ip:"fe80::1"'],
    ['destination.ip:::1', 'destination.ip:"::1"'],
    ['destination.ip:10.0.0.0/8', 'destination.ip:"10.0.0.0/8"'],
    ['destination.ip:10.*', 'destination.ip:"10."*'],
    ['fe80::1', '"fe80::1"'],
    ['12:30', '"12:30"'],
    ['user.name:say\\(x\\)', 'user.name:"say(x)"'],
  ])('takes colons and backslashes of values for what they are: %s', (text, tree) => {
    expect(said(text)).toBe(tree);
  });

  it('reads a time as wide as it is written', () => {
    const day = Date.UTC(2026, 10, 20) * 1000;
    const written = (text: string) => {
      const parsed = parseQuery(text);
      return parsed.ok ? parsed.node : parsed.problem;
    };
    expect(written('@timestamp:2026-11-20')).toMatchObject({
      wanted: { type: 'span', from: day, to: day + 86_400_000_000 },
    });
    expect(written('@timestamp > 2026-11-20')).toMatchObject({ than: '>=', value: day + 86_400_000_000 });
    expect(written('@timestamp <= 2026-11-20T00:00:01.5Z')).toMatchObject({
      than: '<',
      value: day + 1_600_000,
    });
    expect(written('time >= "2026-11-20 02:00+02:00"')).toMatchObject({ than: '>=', value: day });
    expect(written('time:2026-02')).toMatchObject({
      wanted: { from: Date.UTC(2026, 1) * 1000, to: Date.UTC(2026, 2) * 1000 },
    });
  });

  it.each([
    ['proces.name:x', 'proces.name', 'process.name'],
    ['a and commandline:x', 'commandline', 'command_line'],
    ['image.name:x', 'image.name', 'process.name'],
    ['zzzzzzzz:x', 'zzzzzzzz', 'in quotes'],
    ['port:abc', 'abc', 'a number'],
    ['port:44*', '44*', 'wildcards'],
    ['@timestamp:yesterday', 'yesterday', '2026-11-20'],
    ['ip:10.0.0.0/33', '10.0.0.0/33', 'block'],
    ['ip:10.0.0.300', '10.0.0.300', 'no address'],
    ['kind:proces_start', 'proces_start', 'process_start'],
    ['user.name > a', '>', 'order'],
    ['user.name:', 'user.name:', 'value must follow'],
    ['user.name: and a', 'user.name:', 'value must follow'],
    ['a and', 'and', 'must follow'],
    ['or a', 'or', 'between'],
    ['()', '()', 'nothing'],
    ['user.name:()', '()', 'nothing'],
    ['(a', '(', 'not closed'],
    ['a)', ')', 'No parenthesis'],
    [') a', ')', 'No parenthesis'],
    ['user.name:"a', '"a', 'not closed'],
    ['user.name:(a b)', 'b', 'between the values'],
    ['host.name=ws1', '=', 'colon'],
    ['port != 443', '!=', 'not port:value'],
  ])('with a mistake says where and what to do: %s', (text, at, hint) => {
    const found = problem(text);
    expect(found.at).toBe(at);
    expect(found.message).toContain(hint);
  });

  it('has bounds, and says so', () => {
    expect(problem('a'.repeat(QUERY_LIMITS.length + 1)).message).toContain('4000 characters');
    expect(problem('a '.repeat(QUERY_LIMITS.conditions + 1)).message).toContain('200 conditions');
    expect(problem('('.repeat(33)).message).toContain('32 deep');
    expect(parseQuery(`${'not '.repeat(900)}a`).ok).toBe(true);
  });

  it('is read or refused with a place, whatever its text', () => {
    const units = fc.constantFrom(
      ...[
        'and ',
        'or ',
        'not ',
        '(',
        ')',
        '"',
        '\\',
        '*',
        '?',
        ':',
        '<',
        '>=',
        '=',
        ' ',
        '\n',
        '@timestamp',
        'port',
        'ip',
        'x',
        '1',
        '/',
      ],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(units, { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        const { from, to, message } = parsed.problem;
        expect(message).not.toBe('');
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1500 },
    );
  });

  it('printed and read again is the same tree', () => {
    fc.assert(
      fc.property(queryTree, (tree) => {
        const text = printQuery(tree);
        fc.pre(text.length <= QUERY_LIMITS.length);
        const parsed = parseQuery(text);
        if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
        expect(printQuery(parsed.node ?? { op: 'and', nodes: [] })).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the fields', () => {
  it('are all that a record can carry, each once', () => {
    for (const field of [...TEXT_FIELDS, ...NUMBER_FIELDS])
      expect(queryField(field)?.name, field).toBe(field);
  });
});
