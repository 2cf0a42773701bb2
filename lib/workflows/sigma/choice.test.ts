import { describe, expect, it } from 'vitest';
import { sigmaChoice } from '../../contracts/sigmaSets';
import { type Candidate, type Choosable, createChooser, rulesInForce } from './choice';

const rule = (part: Partial<Choosable> = {}): Choosable => ({
  ruleId: 'aaaa',
  kind: 'detection',
  level: 'high',
  status: 'stable',
  tags: ['attack.execution', 'attack.t1059.001'],
  logsource: { product: 'windows', category: 'process_creation' },
  ...part,
});
const chooses = (choice: object, part: Partial<Choosable> = {}): boolean =>
  createChooser(sigmaChoice.parse(choice))(rule(part));

describe('a choice', () => {
  it('takes in low to critical rules of living status when nothing else is said', () => {
    expect(chooses({})).toBe(true);
    expect(chooses({}, { level: 'informational' })).toBe(false);
    expect(chooses({}, { status: 'deprecated' })).toBe(false);
    expect(chooses({}, { status: 'experimental', level: 'low' })).toBe(true);
  });

  it('asks for level and status and tag and log source together', () => {
    const choice = {
      levels: ['high'],
      statuses: ['stable'],
      tags: ['attack.execution'],
      logsources: ['windows/process_creation'],
    };
    expect(chooses(choice)).toBe(true);
    expect(chooses(choice, { level: 'low' })).toBe(false);
    expect(chooses(choice, { status: 'test' })).toBe(false);
    expect(chooses(choice, { tags: ['attack.persistence'] })).toBe(false);
    expect(chooses(choice, { logsource: { product: 'windows', service: 'security' } })).toBe(false);
  });

  it('takes in the sub-techniques of a technique, and no technique whose number only begins so', () => {
    expect(chooses({ tags: ['attack.t1059'] })).toBe(true);
    expect(chooses({ tags: ['ATTACK.T1059'] })).toBe(true);
    expect(chooses({ tags: ['attack.t105'] })).toBe(false);
    expect(chooses({ tags: ['attack.t1059.001'] }, { tags: ['attack.t1059'] })).toBe(false);
  });

  it('leaves a rule out by id before it takes one in by id, and takes that in before all else', () => {
    const nothing = { levels: [], statuses: [], tags: ['none'], logsources: ['none'] };
    expect(chooses({ ...nothing, included: ['AAAA'] })).toBe(true);
    expect(chooses({ ...nothing, included: ['aaaa'], excluded: ['AAAA'] })).toBe(false);
    expect(chooses({ excluded: ['aaaa'] })).toBe(false);
  });

  it('asks a correlation for no log source, and a filter for nothing but that it is not left out', () => {
    const choice = { logsources: ['windows/security'] };
    expect(chooses(choice, { kind: 'correlation', logsource: {} })).toBe(true);
    expect(chooses(choice, { kind: 'correlation', logsource: {}, level: 'informational' })).toBe(false);
    expect(chooses(choice, { kind: 'filter', level: 'informational' })).toBe(true);
    expect(chooses({ excluded: ['aaaa'] }, { kind: 'filter' })).toBe(false);
  });
});

const candidate = (id: number, part: Partial<Candidate> = {}): Candidate => ({
  id,
  ruleId: `rule-${id}`,
  name: null,
  kind: 'detection',
  names: [],
  chosen: true,
  ...part,
});
const inForce = (...rules: Candidate[]) =>
  rulesInForce(rules).map(({ rule: { id }, silent }) => (silent ? `${id} silent` : `${id}`));

describe('the rules in force', () => {
  it('are those that are chosen', () => {
    expect(inForce(candidate(1), candidate(2, { chosen: false }))).toEqual(['1']);
  });

  it('are, silently, those too that a chosen correlation names by id or name, however far down', () => {
    const over = candidate(1, { kind: 'correlation', names: ['BY-NAME', 'rule-4'] });
    const beneath = candidate(2, {
      kind: 'correlation',
      name: 'by-name',
      names: ['rule-3'],
      chosen: false,
    });
    expect(
      inForce(over, beneath, candidate(3, { chosen: false }), candidate(4), candidate(5, { chosen: false })),
    ).toEqual(['1', '2 silent', '3 silent', '4']);
    expect(inForce({ ...over, chosen: false }, beneath, candidate(3, { chosen: false }))).toEqual([]);
  });

  it('have no filter in them only because a correlation names it', () => {
    const over = candidate(1, { kind: 'correlation', names: ['rule-2', 'rule-3'] });
    const filter = candidate(2, { kind: 'filter', chosen: false });
    expect(inForce(over, filter, candidate(3, { chosen: false }))).toEqual(['1', '3 silent']);
  });

  it('end where correlations name each other in a circle', () => {
    const a = candidate(1, { kind: 'correlation', names: ['rule-2'] });
    const b = candidate(2, { kind: 'correlation', names: ['rule-1'], chosen: false });
    expect(inForce(a, b)).toEqual(['1', '2 silent']);
  });

  it('are, of two with one id, the first; one that is chosen before one that is not', () => {
    expect(inForce(candidate(1), candidate(2, { ruleId: 'rule-1' }))).toEqual(['1']);
    expect(inForce(candidate(1, { chosen: false }), candidate(2, { ruleId: 'rule-1' }))).toEqual(['2']);
  });
});
