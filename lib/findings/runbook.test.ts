import { describe, expect, it } from 'vitest';
import { callsOut, catalogue, findingOf, homeOf, MSHTA, OUTLOOK, storyOf } from '../analytics/testStory';
import { matchesQuery } from '../query/matches';
import { parseQuery } from '../query/parse';
import type { Finding } from './finding';

function step(finding: Finding, words: RegExp): Finding['runbook'][number] | undefined {
  return finding.runbook.find(({ text }) => words.test(text));
}

describe('a step of the runbook', () => {
  it('is filled with what the chain holds, whatever that is', () => {
    const { s } = storyOf();
    const line = `${MSHTA} "https://files.example/a b.hta?x=(1 or 2)*\\"" and not {host}`;
    const mshta = s.starts(MSHTA, { commandLine: line });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    const ran = step(finding, /same command line/)?.question;
    expect(ran?.query).toContain('process.command_line:"');
    const read = parseQuery(ran?.query ?? '');
    expect(read).toMatchObject({ ok: true, node: { op: 'and' } });
    expect(JSON.stringify(read)).toContain(JSON.stringify(line).slice(1, -1));
    const reached = step(finding, /same destination/)?.question;
    expect(reached?.query).toMatch(/^\(domain:.+ or destination\.ip:.+\) and not host\.name:/);
    expect(reached?.within).toBeUndefined();
  });

  it('says what it lacks when the chain does not hold it', () => {
    const { s } = storyOf({ without: ['network_connect', 'dns_query'] });
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} D:\\forms\\a.hta` });
    s.writes(mshta, 'D:\\forms\\out.dat');
    expect(step(findingOf(s.events(), 'AN1397'), /same destination/)).toMatchObject({
      unasked: expect.stringMatching(/is blind in this finding$/),
    });
  });

  it('is asked only of the finding\u2019s own processes where it is about them', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    expect(step(finding, /persistence/)?.question).toMatchObject({
      within: 'lineage',
      needs: ['registry_set', 'process_start'],
    });
  });

  it('asks for a destination by its name or its address, where both are known', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` });
    callsOut(s, mshta);
    const query = step(findingOf(s.events(), 'AN1397'), /same destination/)?.question?.query ?? '';
    expect(query).toContain('(domain:cdn-sync.top or destination.ip:198.51.100.44)');
    expect(parseQuery(query)).toMatchObject({ ok: true });
  });

  it('asks for a command line as it was written, blanks at its end included, and without them', () => {
    const { s } = storyOf();
    const line = `${MSHTA} https://files.example/a.hta `;
    const mshta = s.starts(MSHTA, { commandLine: line });
    callsOut(s, mshta);
    const events = s.events();
    const query = step(findingOf(events, 'AN1397'), /same command line/)?.question?.query ?? '';
    const read = parseQuery(query.replace(/ and not host\.name:.*$/, ''));
    if (!read.ok || read.node === null) throw new Error(query);
    const { node } = read;
    const start = events.find((event) => event['process.command_line'] === line);
    if (start === undefined) throw new Error('no such start');
    // The step finds the very event it was made of, and one that another product wrote without the blank.
    expect(matchesQuery(node, start)).toBe(true);
    expect(matchesQuery(node, { ...start, 'process.command_line': line.trim() })).toBe(true);
    expect(matchesQuery(node, { ...start, 'process.command_line': `${line}/x` })).toBe(false);
  });

  it('says which values it leaves out, and which it asks for by their beginning', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta?${'x'.repeat(400)}` });
    for (let n = 1; n <= 8; n++) s.connects(mshta, `198.51.100.${n}`, 8445);
    const finding = findingOf(s.events(), 'AN1397');
    expect(step(finding, /same destination/)?.question?.bounds).toEqual([
      'Asked of the first 5 of 8 values of destination of \u201cReached the network\u201d.',
    ]);
    expect(step(finding, /same command line/)?.question?.bounds).toEqual([
      expect.stringMatching(/^Asked by the first 300 characters of process\.command_line of /),
    ]);
    expect(step(finding, /persistence/)?.question?.bounds).toBeUndefined();
  });

  it('of every shipped analytic is a search when its places are filled', () => {
    const { s } = storyOf();
    const outlook = s.starts(OUTLOOK);
    const svg = `${homeOf(s)}\\Downloads\\Factura {host} "x".svg`;
    s.writes(outlook, svg);
    s.marks(outlook, svg);
    callsOut(s, s.starts(MSHTA, { commandLine: `${MSHTA} "${svg}"` }));
    for (const analytic of catalogue.analytics) {
      const questions = analytic.runbook.filter(({ ask }) => ask !== undefined);
      expect(questions.length, analytic.id).toBeGreaterThan(2);
      for (const { text, needs } of questions) expect(needs, text).not.toEqual([]);
    }
    for (const { question } of findingOf(s.events(), 'AN1407').runbook)
      if (question !== undefined)
        expect(parseQuery(question.query), question.query).toMatchObject({ ok: true });
  });
});

describe('the root and the destinations of a finding', () => {
  it('are the first process of its path and what its matched stages reached', () => {
    const { s } = storyOf();
    const mshta = s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` });
    callsOut(s, mshta);
    const finding = findingOf(s.events(), 'AN1397');
    expect(finding.root?.toLowerCase()).toMatch(/\\(explorer|mshta)\.exe$/);
    expect(finding.destinations.length).toBeGreaterThan(0);
    expect(finding.destinations.every((one) => one === one.toLowerCase() && !/:\d+$/.test(one))).toBe(true);
  });
});
