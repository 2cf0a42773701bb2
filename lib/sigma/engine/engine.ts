import { explainRule } from '../explain';
import type { RuleMatch, SigmaEngine } from '../hit';
import type { SigmaRecord, SigmaSource } from '../record';
import type { Logsource, SigmaRule } from '../rule';
import { createClauseFinder } from './clauses';
import { createRarity } from './rarity';
import { createRecordJudge, type Readers } from './recordJudge';
import { createRuleIndex, type RuleIndex } from './ruleIndex';
import { countUses } from './uses';

/** What an engine has done so far. */
export type EngineWork = {
  readonly records: number;
  /** Rules that were judged, over all records; all others were known not to hold. */
  readonly candidates: number;
  /** Rules about the records that came, over all records: what trying each would have judged. */
  readonly ruleRecords: number;
  readonly testsJudged: number;
  readonly matches: number;
  /** Tables of all indexes held. */
  readonly indexBytes: number;
};

/** How records of one source are read, and which rules are about them. */
type Plan = { readonly readers: Readers; readonly index: RuleIndex };

/** Channel names are hostile input: of more classes than these the one that came first is forgotten. */
const MOST_SOURCES = 4_096;
const MOST_INDEXES = 256;
/** Characters of literals in all indexes together; some 200 bytes of tables each. */
const MOST_CHARACTERS = 1_000_000;
const NONE: readonly RuleMatch[] = [];

/**
 * Compiles rules into one engine: for each record it gives just the rules that `judgeRule` holds to be true of it, in
 * the order given, and judges only those that the record could satisfy by the literals it holds.
 */
export function createEngine(rules: readonly SigmaRule[]): SigmaEngine & { readonly work: () => EngineWork } {
  const judge = createRecordJudge();
  const conditions = rules.map((rule) => judge.number(rule.condition));
  const plans = createPlans(rules);
  let [records, candidates, ruleRecords, matches] = [0, 0, 0, 0];

  const match = (record: SigmaRecord): readonly RuleMatch[] => {
    records++;
    const { readers, index } = plans.planOf(record.source);
    if (index.rules === 0) return NONE;
    ruleRecords += index.rules;
    judge.begin(record, readers);
    const tried = index.candidates(judge.valueIn);
    candidates += tried.length;
    const found = tried.filter((number) => {
      const condition = conditions[number];
      return condition !== undefined && judge.isTrue(condition);
    });
    judge.end();
    if (found.length === 0) return NONE;
    matches += found.length;
    return found
      .sort((a, b) => a - b)
      .flatMap((number) => {
        const rule = rules[number];
        return rule === undefined ? [] : [{ rule, explain: () => explainRule(rule, record) }];
      });
  };
  const work = (): EngineWork => ({
    records,
    candidates,
    ruleRecords,
    testsJudged: judge.judged(),
    matches,
    indexBytes: plans.bytes(),
  });
  return { match, work };
}

/** Plans by source, made on first sight. Sources that take the same rules and have the same fields share an index. */
function createPlans(rules: readonly SigmaRule[]) {
  const plans = new Map<SigmaSource, Plan>();
  const indexes = new Map<string, RuleIndex>();
  const necessaryOf = createClauseFinder(createRarity(countUses(rules)));
  const groups = groupByLogsource(rules);
  let characters = 0;

  const indexOf = (source: SigmaSource): RuleIndex => {
    const taken = groups.flatMap((group, i) => (source.takes(group.logsource) ? [{ ...group, i }] : []));
    const lacking = new Set<string>();
    for (const { fields } of taken)
      for (const field of fields)
        if (!lacking.has(field) && source.reader(field) === undefined) lacking.add(field);
    const key = JSON.stringify([taken.map(({ i }) => i), [...lacking]]);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const numbers = taken.flatMap((group) => group.rules);
    const index = createRuleIndex(
      numbers.flatMap((number) => {
        const rule = rules[number];
        if (rule === undefined) return [];
        return [{ rule: number, necessary: necessaryOf(rule.condition, (field) => !lacking.has(field)) }];
      }),
      MOST_CHARACTERS - characters,
    );
    if (indexes.size >= MOST_INDEXES) forgetOldest();
    characters += index.characters;
    indexes.set(key, index);
    return index;
  };
  const forgetOldest = (): void => {
    const [oldest] = indexes;
    if (oldest === undefined) return;
    indexes.delete(oldest[0]);
    characters -= oldest[1].characters;
    // Plans hold on to their index: they are made anew when their source comes again.
    plans.clear();
  };
  const planOf = (source: SigmaSource): Plan => {
    const known = plans.get(source);
    if (known !== undefined) return known;
    const plan = { readers: [], index: indexOf(source) };
    if (plans.size >= MOST_SOURCES) for (const oldest of plans.keys()) if (plans.delete(oldest)) break;
    plans.set(source, plan);
    return plan;
  };
  const bytes = () => [...indexes.values()].reduce((sum, index) => sum + index.bytes, 0);
  return { planOf, bytes };
}

type LogsourceGroup = {
  readonly logsource: Logsource;
  readonly rules: number[];
  readonly fields: Set<string>;
};

/** Rules by number under the log source they are about, so that each is asked of a source once. */
function groupByLogsource(rules: readonly SigmaRule[]): readonly LogsourceGroup[] {
  const groups = new Map<string, LogsourceGroup>();
  rules.forEach(({ logsource, fields }, number) => {
    const key = JSON.stringify([logsource.product, logsource.category, logsource.service]);
    const group = groups.get(key) ?? { logsource, rules: [], fields: new Set() };
    groups.set(key, group);
    group.rules.push(number);
    for (const field of fields) group.fields.add(field);
  });
  return [...groups.values()];
}
