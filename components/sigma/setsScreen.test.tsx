import { describe, expect, it, vi } from 'vitest';
import type { SigmaSetDetail } from '@/lib/contracts/sigmaSets';
import { type ChoiceDraft, ChoiceEditor } from './ChoiceEditor';
import { Checked } from './PasteRules';
import { SetsScreen } from './SetsScreen';
import { drawn, harmless, MANAGER, withRules } from './testScreens';
import { CHOICE, HOSTILE, testSetDetail } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

describe('sets', () => {
  it('say what they hold and whether they run, with their acts', () => {
    const page = drawn(<SetsScreen />, withRules);
    for (const words of ['Own rules', '1,204 chosen', '4 refused', 'Switch off…', 'Add rules…'])
      expect(page, words).toContain(words);
    const looked = drawn(<SetsScreen />, withRules, { permissions: MANAGER });
    expect(looked).toContain('1,204 chosen');
    expect(looked).not.toMatch(/Switch off…|Add rules…|Try on stored data/);
  });

  it('may be tried with a rule of one’s own by whom may not take any in', () => {
    const page = drawn(<SetsScreen />, withRules, { permissions: ['sigma.read', 'sigma.test'] });
    expect(page).toContain('Try a rule…');
    expect(page).not.toContain('Add rules…');
  });

  it('are chosen from with counts, and list refusals by place and versions by what changed', () => {
    expect(drawn(<SetsScreen />, withRules, { search: '?set=1&part=refused' })).toContain('target="_blank"');
    const choice = drawn(<SetsScreen />, withRules, { search: '?set=1' });
    expect(choice).toMatch(/aria-pressed="true"[^>]*>.*?High/);
    expect(choice).toContain('Log sources: every log source');
    const refused = drawn(<SetsScreen />, withRules, { search: '?set=1&part=refused' });
    expect(refused).toContain('.yml:12:3');
    expect(refused).toContain('The modifier “foo” is not known.');
    expect(refused).toContain('/api/v1/sigma/sets/1');
    harmless(refused);
    expect(drawn(<SetsScreen />, withRules, { search: '?set=1&part=versions' })).toContain(
      '12 new, 1 gone, 30 changed',
    );
  });

  it('go on with a choice that was begun, though the set was read again meanwhile; once saved, with what is stored', () => {
    const begun = { start: testSetDetail(), chosen: { ...CHOICE, excluded: ['left-out'] } };
    const editor = (set: SigmaSetDetail, draft: ChoiceDraft | null) =>
      drawn(
        <ChoiceEditor set={set} draft={draft} onDraft={() => undefined} onTakeTheirs={() => undefined} />,
        () => undefined,
      );
    const newer = testSetDetail({ revision: 5, chosen: { ...CHOICE, included: ['taken-in'] } });
    const unsaved = editor(newer, begun);
    expect(unsaved).toContain('Not saved yet.');
    expect(unsaved).toContain('left-out');
    expect(unsaved).not.toContain('taken-in');
    const saved = { start: testSetDetail({ revision: 5, chosen: begun.chosen }), chosen: begun.chosen };
    expect(editor(testSetDetail(), saved)).toContain('left-out');
    expect(editor(newer, { ...saved, start: { ...saved.start, revision: 4 } })).toContain('taken-in');
    expect(editor(newer, null)).toContain('taken-in');
  });

  it('show a choice without controls to whom may not change it', () => {
    const set = testSetDetail({ chosen: { ...CHOICE, excluded: [HOSTILE] } });
    const page = drawn(
      <ChoiceEditor set={set} draft={null} onDraft={() => undefined} onTakeTheirs={() => undefined} />,
      () => undefined,
      {
        permissions: MANAGER,
      },
    );
    expect(page).toContain('High');
    expect(page).not.toMatch(/aria-pressed|Save the choice|Take off/);
    harmless(page);
  });
});

it('a text that is checked shows what can be used and what cannot', () => {
  const rule = {
    ruleId: 'r',
    kind: 'detection' as const,
    title: HOSTILE,
    level: 'high' as const,
    status: 'test' as const,
  };
  const page = drawn(
    <Checked
      current
      found={{
        rules: [{ ...rule, logsource: 'linux/auditd', foreign: true, line: 1 }],
        refused: [{ path: 'pasted.yml', line: 9, column: 2, reason: 'No condition.' }],
      }}
    />,
    () => undefined,
  );
  expect(page).toContain('1 rule can be used, 1 cannot.');
  expect(page).toContain('no format reads such records');
  expect(page).toContain('pasted.yml:9:2');
  harmless(page);
});
