// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a definition writes its parameters so.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../base/appError';
import { parseCatalogue } from '../catalogue';
import { catalogue, shippedFiles } from '../testStory';
import { parseAnalytic, parseLists } from './parseAnalytic';

const LISTS = parseLists('shell: [CMD.exe, powershell.exe]\n', 'lists.yaml');

/** The smallest definition with two stages, a group and a reason; line numbers are told from here. */
const SOUND = `id: AN0001
title: A shell, then a file
version: "1.0"
description: For tests.
parameters:
  TimeWindow: 5m
stages:
  - id: start
    title: Shell
    anchor: true
    on: process_start
    where: { process.name|expand: '%shell%' }
    telemetry: { needs: process_start, fix: Record starts. }
  - id: write
    title: File
    group: after
    on: file_create
    where:
      script: { file.extension: [ps1, bat] }
      noise: { file.path|contains: '\\temp\\' }
      condition: script and not noise
    relation: { descendant_of: start, depth: 3 }
    after: \${TimeWindow}
    telemetry: { needs: file_create, fix: Record files. }
groups:
  - { id: after, title: what followed, min: 1 }
score:
  - id: sum
    take: sum
    reasons:
      - { id: R1, points: 20, text: a shell, when: { stage: start } }
headline:
  - text: a shell
`;

/** Line (from one) of the first place where a piece of the sound definition stands. */
function lineOf(piece: string, text = SOUND): number {
  return text.slice(0, text.indexOf(piece)).split('\n').length;
}

function refusalOf(text: string): { readonly line: unknown; readonly message: string } {
  try {
    parseAnalytic(text, 'an0001.yaml', LISTS);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('bad_input');
    return { line: (error.details as { line?: number } | undefined)?.line, message: error.message };
  }
  throw new Error('the definition was accepted');
}

describe('a definition', () => {
  it('is read with its parameters put in and its lists expanded', () => {
    const analytic = parseAnalytic(SOUND, 'an0001.yaml', LISTS);
    expect(analytic.stages.map((stage) => stage.id)).toEqual(['start', 'write']);
    expect(analytic.stages[1]?.alternatives[0]).toMatchObject({
      after: 300_000_000,
      relations: [{ kind: 'descendant_of', to: 'start', depth: 3 }],
    });
  });

  it.each([
    ['an unknown key', 'take: sum', 'takes: sum', /"takes" is not a key/],
    ['an unknown key of a stage', 'title: File', 'titel: File', /titel|title/],
    ['an unknown field', 'file.extension:', 'file.extention:', /"file\.extention" is not a field/],
    ['an unknown modifier', 'file.path|contains:', 'file.path|contain:', /"contain" is not a modifier/],
    ['an unknown list', "'%shell%'", "'%shells%'", /no list "shells" \(there are shell\)/],
    ['an unknown kind of event', 'on: file_create', 'on: file_made', /file_create|Invalid/],
    [
      'an unknown stage in a relation',
      'descendant_of: start',
      'descendant_of: begin',
      /"begin" is not a stage resolved before/,
    ],
    [
      'a relation to a later stage',
      'descendant_of: start',
      'descendant_of: write',
      /"write" is not a stage resolved before/,
    ],
    ['an unknown relation', 'descendant_of: start, depth: 3', 'below: start', /below|exactly one of/],
    ['two relations in one', 'depth: 3', 'child_of: start', /exactly one of/],
    [
      'an unknown stage in a reason',
      'when: { stage: start }',
      'when: { stage: begin }',
      /"begin" is not a stage/,
    ],
    [
      'an unknown condition in a reason',
      'when: { stage: start }',
      'when: { happens: start }',
      /"happens" is not a key/,
    ],
    [
      'a bad length of time',
      'after: ${TimeWindow}',
      'after: 5 minutes',
      /"5 minutes" is not a length of time/,
    ],
    [
      'an unknown parameter',
      'after: ${TimeWindow}',
      'after: ${TimeWindows}',
      /"TimeWindows" is not one of the parameters/,
    ],
    [
      'a bad regular expression',
      'file.extension: [ps1, bat]',
      "file.name|re: '(ps1'",
      /missing closing|parsing/i,
    ],
    [
      'a look-around, which could explode',
      'file.extension: [ps1, bat]',
      "file.name|re: '(?=ps1)x'",
      /invalid|parsing/i,
    ],
    [
      'a condition with an unknown name',
      'script and not noise',
      'script and not noice',
      /"noice" is not a part/,
    ],
    ['a condition that ends too early', 'script and not noise', 'script and not', /ends too early/],
    ['an open parenthesis', 'script and not noise', '(script and not noise', /parenthesis/],
    ['a number that is none', 'file.extension: [ps1, bat]', 'process.pid|gte: many', /needs a number/],
    ['a stage twice', 'id: write', 'id: start', /"start" is defined twice/],
    ['two anchors', 'group: after', 'anchor: true', /anchor/],
    [
      'an unknown key of a condition',
      'when: { stage: start }',
      'when: { ancestor_of: start, dept: 2, where: { process.name: a } }',
      /"dept" is not a key/,
    ],
    ['no anchor', 'anchor: true', 'required: true', /anchor|relation/],
    ['an unknown group', 'group: after', 'group: later', /"later" is not one of the groups/],
    [
      'no telemetry',
      'telemetry: { needs: file_create, fix: Record files. }',
      'tell: ""',
      /telemetry|expected object/,
    ],
    ['too many points', 'points: 20', 'points: 2000', /100|<=/],
    ['broken YAML', 'title: Shell', 'title: [Shell', /./],
    ['a key twice', 'title: Shell', 'title: Shell\n    title: Shell', /unique/i],
  ])('is refused for %s, with file and line', (_name, sound, broken, message) => {
    expect(SOUND).toContain(sound);
    const text = SOUND.replace(sound, broken);
    const refusal = refusalOf(text);
    expect(refusal.message).toMatch(/^an0001\.yaml:\d+: /);
    expect(refusal.message).toMatch(message);
    // The reader is led to the stage or section at least.
    const distance = Math.abs(Number(refusal.line) - lineOf(broken.split('\n')[0] ?? broken, text));
    expect(distance, refusal.message).toBeLessThanOrEqual(20);
  });

  it.each(['', '[]', '42', 'null', 'id: AN0001', '&a [*a]', '%YAML 9'])(
    'is refused when it is %j',
    (text) => {
      expect(refusalOf(text).message).toMatch(/^an0001\.yaml:\d+: /);
    },
  );
});

describe('the catalogue', () => {
  const lists = { name: 'lists.yaml', text: 'shell: [cmd.exe]\n' };

  it('is refused without lists, with one id twice, and with a list that is none', () => {
    expect(() => parseCatalogue([{ name: 'a.yaml', text: SOUND }])).toThrow(/no lists.yaml/);
    expect(() =>
      parseCatalogue([lists, { name: 'a.yaml', text: SOUND }, { name: 'b.yaml', text: SOUND }]),
    ).toThrow(/two definitions have the id AN0001/);
    expect(() => parseLists('shell: cmd.exe\n', 'lists.yaml')).toThrow(/^lists\.yaml:1: /);
  });

  it('is the same whatever the order of its files', () => {
    const files = shippedFiles();
    const ids = parseCatalogue([...files].reverse()).analytics.map((analytic) => analytic.id);
    expect(ids).toEqual(catalogue.analytics.map((analytic) => analytic.id));
    expect(ids).toEqual(['AN1314', 'AN1397', 'AN1407']);
  });

  it('uses every list that it defines, and gives each reason an id of its own', () => {
    const text = shippedFiles()
      .filter((file) => file.name !== 'lists.yaml')
      .map((file) => file.text)
      .join('\n');
    // Read by code: destinations, browser families, and the classes that graphs draw.
    const code = new Set([
      'browser_family',
      'risky_tld',
      'malware_hosting',
      'dynamic_dns',
      'own_networks',
      'shell',
      'system_process',
    ]);
    for (const name of catalogue.lists.keys())
      expect(text.includes(`%${name}%`) || code.has(name), `list ${name}`).toBe(true);
    for (const analytic of catalogue.analytics) {
      const ids = analytic.score.flatMap((group) => group.reasons.map((reason) => reason.id));
      expect(new Set(ids).size, analytic.id).toBe(ids.length);
    }
  });
});
