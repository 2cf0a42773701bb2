import { describe, expect, it } from 'vitest';
import { diagnose, parseAnalytic, parseLists } from './parseAnalytic';

const lists = parseLists('shell: [cmd.exe]\n', 'lists.yaml');

function definition(...steps: readonly string[]): string {
  return `id: MY1
title: A shell
version: "1.0"
description: For tests.
stages:
  - id: start
    title: Shell
    anchor: true
    on: process_start
    where: { process.name: cmd.exe }
    telemetry: { needs: process_start, fix: Record starts. }
score: []
headline:
  - text: a shell
runbook:
${steps.map((step) => `  - ${step}`).join('\n')}
`;
}

function messages(...steps: readonly string[]): readonly string[] {
  return diagnose(definition(...steps), lists).problems.map(({ message, line }) => `${line}: ${message}`);
}

describe('a step of the runbook', () => {
  it('is a sentence, or a sentence with a question', () => {
    const { runbook } = parseAnalytic(
      definition(
        'Read it.',
        `{ step: Ask., ask: 'process.command_line:{start.process.command_line} and not host.name:{host}', around: 2h, needs: process_start }`,
      ),
      'my1.yaml',
      lists,
    );
    expect(runbook).toMatchObject([
      { text: 'Read it.', needs: [] },
      { text: 'Ask.', around: 7_200_000_000, needs: ['process_start'] },
    ]);
  });

  it('may use a destination as a whole condition', () => {
    expect(messages(`{ step: Ask., ask: '{start.destination} and not host.name:{host}' }`)).toEqual([]);
  });

  it('is told of at its place when a place of it can never be filled', () => {
    expect(messages('Read it.', `{ step: Ask., ask: 'file.name:{nowhere.file}' }`)).toEqual([
      '17: "nowhere" is not a stage (start)',
    ]);
    expect(messages(`{ step: Ask., ask: 'file.name:{start.colour}' }`)).toEqual([
      '16: "colour" is not a field that is known',
    ]);
    expect(messages(`{ step: Ask., ask: 'file.name:{file}' }`)).toEqual([
      '16: a place is {host} or {stage.field}',
    ]);
  });

  it('is told of when its question is no search', () => {
    expect(messages(`{ step: Ask., ask: 'file.nome:x' }`)[0]).toMatch(/^16: this is no search: .*file\.nome/);
    expect(messages(`{ step: Ask., ask: 'file.name:(x' }`)[0]).toMatch(/^16: this is no search: /);
    expect(messages('{ step: Ask., ask: x, within: planet }')).toHaveLength(1);
  });
});
