import { describe, expect, it } from 'vitest';
import { yamlPlace } from './yamlPlace';

/** The place at `^` in a text. */
function at(marked: string) {
  const offset = marked.indexOf('^');
  const place = yamlPlace(marked.replace('^', ''), offset);
  return place && { path: place.path.join('.'), at: place.at, key: place.key, typed: place.typed };
}

const STAGE = `stages:
  - id: execution
    on: process_start
    where:
      mshta:
        process.identity: mshta.exe
`;

describe('the place of the cursor', () => {
  it('is a key at the top level', () => {
    expect(at('id: X\nsta^')).toEqual({ path: '', at: 'key', key: null, typed: 'sta' });
    expect(at('^')).toEqual({ path: '', at: 'key', key: null, typed: '' });
  });

  it('counts the dash of a list as indentation', () => {
    expect(at(`${STAGE}    aft^`)).toMatchObject({ path: 'stages', at: 'key', typed: 'aft' });
    expect(at('stages:\n  - i^')).toMatchObject({ path: 'stages', at: 'key', typed: 'i' });
    expect(at(`${STAGE}    telemetry:\n      nee^`)).toMatchObject({ path: 'stages.telemetry', at: 'key' });
  });

  it('knows the selection a test on a field stands in', () => {
    expect(at(`${STAGE}        process.args|re^`)).toMatchObject({
      path: 'stages.where.mshta',
      at: 'key',
      typed: 'process.args|re',
    });
  });

  it('is a value behind a colon, and the last of several', () => {
    expect(at(`${STAGE}    after: 10^`)).toMatchObject({
      path: 'stages',
      at: 'value',
      key: 'after',
      typed: '10',
    });
    expect(at('stages:\n  - on: [file_create, file_^')).toMatchObject({
      key: 'on',
      at: 'value',
      typed: 'file_',
    });
    expect(at("    file.path|expand: '%cache^")).toMatchObject({ key: 'file.path|expand', typed: '%cache' });
  });

  it('is a value in a plain list of words', () => {
    expect(at('stages:\n  - on:\n      - network_^')).toMatchObject({
      path: 'stages',
      at: 'value',
      key: 'on',
      typed: 'network_',
    });
  });

  it('sees through mappings written in one line', () => {
    expect(at('reasons:\n  - id: X1\n    when: { stage: exe^')).toMatchObject({
      path: 'reasons.when',
      key: 'stage',
      at: 'value',
      typed: 'exe',
    });
    expect(at('    when: { stage: execution, where: { process.na^')).toMatchObject({
      path: 'when.where',
      at: 'key',
      typed: 'process.na',
    });
    expect(at('  - { stage: a, where: { x|re: "a{2,4}" }, alt^')).toMatchObject({ at: 'key', typed: 'alt' });
    expect(at('    relation: { descendant_of: ^')).toMatchObject({
      path: 'relation',
      key: 'descendant_of',
      at: 'value',
    });
  });

  it('takes a parameter for text, not for a mapping', () => {
    expect(at('    after: ${Time^')).toMatchObject({ at: 'value', key: 'after', typed: '${Time' });
  });

  it('is nowhere in a comment', () => {
    expect(at('id: X\n# comm^')).toBeNull();
  });

  it('says where what is typed begins', () => {
    const text = '  - on: [file_create, fi';
    expect(yamlPlace(text, text.length)?.from).toBe(text.length - 2);
  });

  it('never fails, wherever the cursor stands in whatever text', () => {
    const text = `${STAGE}  - : [ { "\n\t- - {a: {b: [c, '\n%%% ]}}\n`;
    for (let offset = 0; offset <= text.length; offset++) expect(() => yamlPlace(text, offset)).not.toThrow();
  });
});
