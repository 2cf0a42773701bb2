import { describe, expect, it } from 'vitest';
import { AppError } from '../../base/appError';
import { shippedFiles } from '../testShippedFiles';
import { diagnose, parseAnalytic, parseBaseline, parseLists } from './parseAnalytic';

const lists = parseLists('shell: [cmd.exe]\n', 'lists.yaml');
const SOUND = `id: MY1
title: A shell, then a file
version: "1.0"
description: For tests.
stages:
  - id: start
    title: Shell
    anchor: true
    on: process_start
    where:
      shell: { process.name|expand: '%shell%' }
      quiet: { process.args|contains: /q }
      condition: shell and not quiet
    telemetry: { needs: process_start, fix: Record starts. }
  - id: write
    title: File
    any:
      - name: plain
        on: file_create
        where: { file.extension: [ps1, bat] }
        relation: { descendant_of: start }
    telemetry: { needs: file_create, fix: Record files. }
score:
  - id: sum
    take: sum
    reasons:
      - { id: R1, points: 20, text: a shell, when: { stage: write, alternative: plain } }
headline:
  - text: a shell
`;

/** What stands at a problem's place. */
function underlined(text: string, problem: ReturnType<typeof diagnose>['problems'][number]): string {
  expect(problem.endLine).toBe(problem.line);
  return (text.split('\n')[problem.line - 1] ?? '').slice(problem.column - 1, problem.endColumn - 1);
}

describe('the problems of a definition', () => {
  it('are none for one that is sound, and for all that ship', () => {
    expect(diagnose(SOUND, lists)).toEqual({ id: 'MY1', problems: [] });
    const files = shippedFiles();
    const shipped = parseLists(files.find(({ name }) => name === 'lists.yaml')?.text ?? '', 'lists.yaml');
    for (const { name, text } of files)
      if (name !== 'lists.yaml') expect(diagnose(text, shipped).problems, name).toEqual([]);
  });

  it.each([
    ['a field', 'process.args|contains', 'process.arg|contains', 'process.arg|contains'],
    ['a modifier', 'process.args|contains', 'process.args|has', 'process.args|has'],
    ['a list', "'%shell%'", "'%shells%'", "'%shells%'"],
    ['a key', 'anchor: true', 'anchors: true', 'anchors'],
    ['a name in a condition', 'shell and not quiet', 'shell and not loud', 'shell and not loud'],
    ['a stage', 'descendant_of: start', 'descendant_of: begin', '{ descendant_of: begin }'],
    ['an alternative', 'alternative: plain', 'alternative: other', 'other'],
    ['a kind', 'on: file_create', 'on: file_made', 'file_made'],
    ['a number', 'points: 20', 'points: many', 'many'],
  ])('stand at the place of %s that is wrong', (_name, sound, broken, at) => {
    const text = SOUND.replace(sound, broken);
    const { problems } = diagnose(text, lists);
    expect(problems.map((problem) => underlined(text, problem))).toContain(at);
  });

  it('are all told, in order of the text', () => {
    const text = SOUND.replace('process.args|contains', 'process.arg|contains')
      .replace("'%shell%'", "'%shells%'")
      .replace('alternative: plain', 'alternative: other');
    const { problems } = diagnose(text, lists);
    expect(problems.map(({ message }) => message.slice(0, 24))).toEqual([
      'there is no list "shells',
      '"process.arg" is not a f',
      '"other" is not an altern',
    ]);
    // The one that stops reading says the first of them.
    expect(() => parseAnalytic(text, 'x.yaml', lists)).toThrow(/^x\.yaml:11: there is no list "shells"/);
  });

  it.each([
    ['nothing', ''],
    ['no map', '- a'],
    ['broken YAML', 'a: [b'],
    ['an alias', 'id: &a x\ntitle: *a'],
    ['a thousand brackets', '['.repeat(20_000)],
    ['a bomb', `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]`],
    ['text of no language', '\u0000\u0001\ufffe'],
  ])('are told for %s, and nothing is thrown', (_name, text) => {
    const { problems } = diagnose(text, lists);
    expect(problems.length).toBeGreaterThan(0);
    for (const { line, column, endLine, endColumn } of problems)
      for (const number of [line, column, endLine, endColumn]) expect(number).toBeGreaterThanOrEqual(1);
  });
});

describe('the condition of a baseline', () => {
  const analytic = parseAnalytic(SOUND, 'x.yaml', lists);

  it('is read over the stages of its analytic', () => {
    expect(parseBaseline('stage: write\nwhere: { file.path|contains: x }', analytic, lists)).toMatchObject({
      op: 'stage',
      stage: 'write',
    });
  });

  it.each([
    ['a stage there is not', 'all:\n  - stage: start\n  - stage: gone', 3, /"gone" is not a stage/],
    ['a field there is not', 'stage: start\nwhere: { nofield: x }', 2, /"nofield" is not a field/],
    ['broken YAML', 'stage: [', 1, /./],
    ['nothing', '', 1, /./],
  ])('is refused for %s, with its line', (_name, when, line, message) => {
    try {
      parseBaseline(when, analytic, lists);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      const { errors } = (error as AppError).details as { errors: { line: number; message: string }[] };
      expect(errors[0]).toMatchObject({ line, message: expect.stringMatching(message) });
      return;
    }
    throw new Error('it was accepted');
  });
});
