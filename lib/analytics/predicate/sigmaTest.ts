import type { Truth } from '../../base/truth';
import type { SigmaFacts } from '../host/sigmaFacts';
import type { Subject } from '../subject';

/** The field that holds the ids of the Sigma rules that hit an event. */
export const SIGMA_FIELD = 'sigma.rule_id';

/** How a test can come out where rules it names are not switched on. */
export type SigmaLack = {
  /** As the definition writes them; empty: any rule at all. */
  readonly rules: readonly string[];
  readonly canHold: boolean;
  readonly canFail: boolean;
};

/** What a value of the definition means of rules' ids, which are in lower case. */
export type IdMatcher = {
  readonly matches: (id: string) => boolean;
  /** The one id it can be, where it is no pattern. */
  readonly only?: string;
};

/** Ids of the rules that hit an event; undefined where none did. */
export function hitRuleIds({ event, host }: Subject): readonly string[] | undefined {
  if (event === undefined) return undefined;
  const hits = host.sigma.onEvent(event.id);
  return hits.length === 0 ? undefined : hits.map(({ ruleId }) => ruleId);
}

/** Whether rules can be asked for at all: some are switched on, and there is an event that they could have hit. */
export function knowsRules({ event, host }: Subject): boolean {
  return event !== undefined && host.sigma.enabled.size > 0;
}

/** The parts of a test on rules' ids, one matcher for each value as written. */
export type RuleIdTest = {
  /** Per value: whether a rule that is switched on is meant by it. */
  readonly judge: (subject: Subject) => Truth;
  readonly lacks: (sigma: SigmaFacts) => SigmaLack | undefined;
};

/**
 * A test on the ids of rules that hit an event. A value is true when a rule that it means hit, unknown when no rule
 * that it means is switched on, else false; values are joined by *or*, with `all` by *and*.
 */
export function ruleIdTest(
  expected: readonly string[],
  matchers: readonly IdMatcher[],
  all: boolean,
): RuleIdTest {
  const known = new WeakMap<ReadonlySet<string>, readonly boolean[]>();
  const enabledOf = ({ enabled }: SigmaFacts): readonly boolean[] => {
    const before = known.get(enabled);
    if (before !== undefined) return before;
    const ids = [...enabled];
    const fresh = matchers.map(({ only, matches }) =>
      only === undefined ? ids.some(matches) : enabled.has(only),
    );
    known.set(enabled, fresh);
    return fresh;
  };
  return {
    judge: (subject) => {
      if (subject.event === undefined) return undefined;
      const hits = subject.host.sigma.onEvent(subject.event.id);
      const enabled = enabledOf(subject.host.sigma);
      let result: Truth = all;
      for (const [i, { matches }] of matchers.entries()) {
        const isHit = hits.some(({ ruleId }) => matches(ruleId));
        if (isHit && !all) return true;
        if (isHit) continue;
        if (enabled[i] === false) result = undefined;
        else if (all) return false;
      }
      return result;
    },
    lacks: (sigma) => {
      const enabled = enabledOf(sigma);
      const rules = expected.filter((_, i) => enabled[i] === false);
      if (rules.length === 0) return undefined;
      const some = rules.length < expected.length;
      return { rules, canHold: some && !all, canFail: some && all };
    },
  };
}

/** What a test whether any rule hit lacks. */
export function lacksAnyRule({ enabled }: SigmaFacts): SigmaLack | undefined {
  return enabled.size > 0 ? undefined : { rules: [], canHold: false, canFail: false };
}

/** Rules named in a sentence. */
const NAMED = 3;

/** What is wanting, in words: "needs Sigma rule …, which is not switched on here"; of a rule that is blind here, why. */
export function lackSentence(rules: readonly string[], { undecidable }: SigmaFacts): string {
  const whyOf = (rule: string): string | undefined => undecidable.get(rule.toLowerCase());
  const off = rules.filter((rule) => whyOf(rule) === undefined);
  const blind = rules.filter((rule) => whyOf(rule) !== undefined);
  return [
    ...(off.length > 0 || rules.length === 0 ? [offSentence(off)] : []),
    ...blind
      .slice(0, NAMED)
      .map((rule) => `needs Sigma rule ${rule}, which cannot be decided here: ${whyOf(rule)}`),
  ].join('; ');
}

function offSentence(rules: readonly string[]): string {
  const [only] = rules;
  if (only === undefined) return 'needs Sigma rules, and none is switched on here';
  if (rules.length === 1) return `needs Sigma rule ${only}, which is not switched on here`;
  const named = rules.slice(0, NAMED).join(', ');
  const more = rules.length > NAMED ? ` and ${rules.length - NAMED} more` : '';
  return `needs Sigma rules ${named}${more}, which are not switched on here`;
}

/** What to do about rules that are wanting. */
export function lackFix(rules: readonly string[], { undecidable }: SigmaFacts): string {
  const isBlind = rules.length > 0 && rules.every((rule) => undecidable.has(rule.toLowerCase()));
  return isBlind
    ? 'Record what the rule reads; Sigma, Rules says what it misses.'
    : 'Switch the rule on under Sigma.';
}
