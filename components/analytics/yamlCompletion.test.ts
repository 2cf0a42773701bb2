import { describe, expect, it } from 'vitest';
import type { VocabularyView } from '@/lib/contracts/analytics';
import { namesIn, suggest } from './yamlCompletion';
import { yamlPlace } from './yamlPlace';

const word = (name: string) => ({ name, about: '' });
const VOCABULARY: VocabularyView = {
  fields: [word('process.name'), word('file.path')],
  modifiers: [word('contains'), word('expand')],
  relations: [word('same_process'), word('descendant_of')],
  kinds: [word('process_start'), word('file_create')],
  lists: [{ name: 'browser', values: 16 }],
  keys: {
    '': [word('id'), word('stages')],
    stages: [word('id'), word('on'), word('where'), word('telemetry')],
    'stages.any': [word('name'), word('on')],
    'stages.telemetry': [word('needs'), word('fix')],
    where: [word('condition')],
    when: [word('stage'), word('all')],
  },
};
const NAMES = { stages: ['execution'], parameters: ['TimeWindow.file'] };

function labels(marked: string, root: readonly string[] = []): string[] | null {
  const place = yamlPlace(marked.replace('^', ''), marked.indexOf('^'));
  const found = place && suggest(place, VOCABULARY, NAMES, root);
  return found ? found.options.map(({ label }) => label) : null;
}

describe('completion', () => {
  it('offers the keys of the place, at the top and below', () => {
    expect(labels('s^')).toEqual(['id', 'stages']);
    expect(labels('stages:\n  - o^')).toEqual(['id', 'on', 'where', 'telemetry']);
    expect(labels('stages:\n  - telemetry:\n      n^')).toEqual(['needs', 'fix']);
    expect(labels('stages:\n  - any:\n      - o^')).toEqual(['name', 'on']);
    expect(labels('score:\n  - reasons:\n      - when: { s^')).toEqual(['stage', 'all']);
    expect(labels('score:\n  - reasons:\n      - when:\n          any:\n            - s^')).toEqual([
      'stage',
      'all',
    ]);
    expect(labels('keep_partial_when:\n  - s^')).toEqual(['stage', 'all']);
  });

  it('offers fields after `where`, and modifiers behind a bar', () => {
    expect(labels('stages:\n  - where:\n      p^')).toEqual(['condition', 'process.name', 'file.path']);
    expect(labels('stages:\n  - where: { file.path|^')).toEqual(['contains', 'expand']);
    expect(labels('stages:\n  - where: { file.path|contains|^')).toEqual(['expand']);
  });

  it('offers kinds of events after `on` and relations, then stages, after `relation`', () => {
    expect(labels('stages:\n  - on: ^')).toEqual(['process_start', 'file_create']);
    expect(labels('stages:\n  - relation: { ^')).toEqual(['same_process', 'descendant_of']);
    expect(labels('stages:\n  - relation: { same_process: ^')).toEqual(['execution']);
  });

  it('offers lists where a test expands, and parameters where a window stands', () => {
    expect(labels("stages:\n  - where: { process.name|expand: '%^")).toEqual(['%browser%']);
    expect(labels('stages:\n  - after: ^')).toEqual([`\${TimeWindow.file}`]);
  });

  it('knows where a condition of a baseline stands', () => {
    expect(labels('s^', ['when'])).toEqual(['stage', 'all']);
    expect(labels('all:\n  - stage: ^', ['when'])).toEqual(['execution']);
    expect(labels('stage: execution\nwhere:\n  p^', ['when'])).toContain('process.name');
  });

  it('reads stages and parameters of the text', () => {
    const text =
      'parameters:\n  TimeWindow.file: 5m\n  List:\n    value: []\n    about: x\nstages:\n  - id: execution\n    title: x\n  - { id: network }\n';
    expect(namesIn(text)).toEqual({
      stages: ['execution', 'network'],
      parameters: ['TimeWindow.file', 'List'],
    });
  });
});
