import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toHtml } from './html';
import { toMarkdown } from './markdown';
import { tellStory } from './testTelling';
import { toTimesketch } from './timesketch';

const story = tellStory('benign_true_positive');

describe('what could be seen', () => {
  it('is told of the host, and where the stage was blind, of that time too', () => {
    const [first, ...rest] = story.finding.stages;
    if (first === undefined) throw new Error('no stage');
    const reason = 'telemetry ends at 07:52:13Z';
    const blind = { ...first, state: 'blind' as const, stateReason: reason };
    const told = { ...story, finding: { ...story.finding, stages: [blind, ...rest] } };
    const line = new RegExp(`/${first.id}: [^\\n]*Then: ${reason}\\.`);
    for (const document of [toMarkdown(told), toHtml(told)]) {
      expect(document.replaceAll('\\_', '_')).toMatch(line);
      expect(document.match(/Then: /g)).toHaveLength(1);
    }
  });
});

describe('a finding as a printable page', () => {
  const page = toHtml(story);

  it('holds nothing that runs or loads', () => {
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\son[a-z]+=|javascript:|url\(|@import/i);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(/^default-src &#39;none&#39;; style-src &#39;sha256-/);
  });

  it('lets no text of a record become markup, and writes out what would not show', () => {
    const body = page.slice(page.indexOf('<body>'));
    const tags = new Set([...body.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag));
    for (const tag of ['script', 'b']) expect(tags.has(tag)).toBe(false);
    expect(page).toContain('[U+202E]');
    for (const hidden of ['\u202e', '\0']) expect(page).not.toContain(hidden);
  });

  it('tells story, stages, score, telemetry, runbook, verdict, comments and where the records are from', () => {
    for (const words of ['Story', 'Stages', 'Why this score', 'What could be seen', 'Runbook', 'Provenance'])
      expect(page).toContain(`<h2>${words}</h2>`);
    expect(page).toContain('Benign true positive by anna');
    expect(page).toContain('ben, 2026-03-02T12:00:00.123Z: look &#60;here&#62; please');
    expect(page).toContain(story.imports[0]?.sha256);
    expect(page).toContain(story.finding.analyticVersion);
    expect(page).toContain('2 events by the processes of this finding.');
    for (const stage of story.finding.stages) expect(page).toContain(`aria-label="${stage.state}"`);
  });

  it('is the same bytes for the same finding', () => {
    expect(toHtml(tellStory('benign_true_positive'))).toBe(page);
  });
});

describe('a finding in Markdown', () => {
  it('tells what analysts said of its events and where the records are from', () => {
    const text = toMarkdown(story);
    expect(text).toContain('flagged by anna');
    expect(text).toContain('ben: look \\<here\\> please');
    expect(text).toContain('## Provenance');
    for (const hidden of ['\u202e', '\0']) expect(text).not.toContain(hidden);
    expect(text).toMatch(/Joined exact: .*; .* after it/);
  });
});

/** What Timesketch needs of a JSONL line: these three, and a time with its offset. */
const line = z.looseObject({
  message: z.string().min(1),
  datetime: z.iso.datetime({ offset: true }),
  timestamp_desc: z.string().min(1),
  timestamp: z.int(),
  tag: z.array(z.string()),
});

describe('a finding for Timesketch', () => {
  it('has what an import needs on every line, in order of time', () => {
    const lines = toTimesketch(story).trimEnd().split('\n');
    const read = lines.map((text) => line.parse(JSON.parse(text)));
    expect(read).toHaveLength(story.finding.stages.reduce((sum, stage) => sum + stage.events.length, 0));
    const times = read.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(read.every(({ datetime }) => datetime.endsWith('+00:00'))).toBe(true);
  });

  it('lets no field of a record stand in for what it says itself', () => {
    const fields = { message: 'theirs', 'event.id': '4711', 'record.file': 'theirs', 'user.name': 'anna' };
    const events = new Map([...story.events].map(([id, event]) => [id, { ...event, fields }]));
    const [first] = toTimesketch({ ...story, events }).split('\n');
    const read = line.parse(JSON.parse(first ?? ''));
    expect(story.events.has(String(read.event_id))).toBe(true);
    expect(read.message).not.toBe('theirs');
    expect(read).toMatchObject({
      vendor_message: 'theirs',
      vendor_event_id: '4711',
      vendor_record_file: 'theirs',
      user_name: 'anna',
    });
  });

  it('carries flags as tags and comments as text', () => {
    const read = toTimesketch(story)
      .trimEnd()
      .split('\n')
      .map((text) => line.parse(JSON.parse(text)));
    const flagged = read.filter(({ tag }) => tag.includes('flagged'));
    expect(flagged).toHaveLength(1);
    expect(flagged[0]?.analyst_comment).toContain('ben: look <here>');
  });
});
