import type { When } from '../analytics/analytic';
import { type Chain, stageOf } from '../analytics/chain';
import { alternativeLack } from '../analytics/matching/sigmaLack';
import type { Predicate } from '../analytics/predicate/predicate';
import { lackSentence, SIGMA_FIELD } from '../analytics/predicate/sigmaTest';
import type { Subject } from '../analytics/subject';
import type { Micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import type { Explanation, UnjudgedReason } from './finding';
import { historyClassOf, NO_HISTORY_WORDS } from './historyNote';
import { ancestorSubjects, fitsStage, type Judge, subjectOfMatch } from './judgeWhen';
import { canTell, tell } from './tell';

/** `held`, `failed`, or what kept it from being judged. */
type Truth = 'held' | 'failed' | { readonly because: string };

/** The reasons that would raise the score and could not be judged, heaviest first. */
export function unjudgedReasons(chain: Chain, judge: Judge): readonly UnjudgedReason[] {
  const found = chain.analytic.score.flatMap((group) =>
    group.reasons.flatMap((reason): readonly UnjudgedReason[] => {
      if (reason.points <= 0 || judge(reason.when).held) return [];
      const truth = truthOf(reason.when, chain, judge);
      if (typeof truth === 'string') return [];
      const text = canTell(reason.text, chain) ? tell(reason.text, chain) : withoutPlaces(reason.text);
      return [{ id: reason.id, points: reason.points, text, because: truth.because }];
    }),
  );
  return found.sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
}

/** What every host does all the time: none of it means that it is not recorded. Of rarer kinds none is the rule. */
const ROUTINE: ReadonlySet<EventKind> = new Set([
  'process_start',
  'file_create',
  'file_rename',
  'file_stream',
  'file_access',
  'network_connect',
  'dns_query',
  'image_load',
  'registry_set',
]);

/** A sentence with its places left open: what they would hold is what could not be seen. */
function withoutPlaces(template: string): string {
  return template.replace(/\{[^}|]*(?:\|([^}]*))?\}/g, (_, otherwise?: string) => otherwise ?? '\u2026');
}

/** Kleene logic over a condition; what is held has been judged already. */
function truthOf(when: When, chain: Chain, judge: Judge): Truth {
  if (judge(when).held) return 'held';
  switch (when.op) {
    case 'all':
      return together(
        when.of.map((inner) => truthOf(inner, chain, judge)),
        'failed',
      );
    case 'any':
      return together(
        when.of.map((inner) => truthOf(inner, chain, judge)),
        'held',
      );
    case 'not': {
      const inner = truthOf(when.of, chain, judge);
      return inner === 'held' ? 'failed' : inner === 'failed' ? 'held' : inner;
    }
    case 'stage': {
      const { where } = when;
      const matches = stageOf(chain, when.stage)?.matches.filter((match) => fitsStage(when, match)) ?? [];
      return where === undefined
        ? 'failed'
        : together(
            matches.map((match) => truthOn(where, subjectOfMatch(match, chain), match.time)),
            'held',
          );
    }
    case 'ancestor': {
      const match = stageOf(chain, when.stage)?.matches[0];
      return together(
        ancestorSubjects(match, when.depth, chain).map((subject) =>
          truthOn(when.where, subject, chain.anchor.time),
        ),
        'held',
      );
    }
    case 'event': {
      const lack = alternativeLack(when.alternative, chain.index);
      if (lack?.isBlind === true) return { because: lackSentence(lack.rules, chain.index.sigma) };
      const kinds = [...when.alternative.on];
      return kinds.some((kind) => !ROUTINE.has(kind) || chain.index.visibility.sees(kind))
        ? 'failed'
        : { because: `no ${kinds.join(' or ')} events from this host` };
    }
    default:
      return 'failed';
  }
}

/** The one truth that decides wins; then what is unknown; else the other. */
function together(truths: readonly Truth[], decisive: 'held' | 'failed'): Truth {
  if (truths.includes(decisive)) return decisive;
  return truths.find((truth) => typeof truth !== 'string') ?? (decisive === 'held' ? 'failed' : 'held');
}

function truthOn(where: Predicate, subject: Subject, at: Micros): Truth {
  const judged = where.judge(subject);
  if (judged !== undefined) return judged ? 'held' : 'failed';
  const field = unknownField(where.explain(subject)) ?? 'a field it needs';
  if (field === SIGMA_FIELD)
    return { because: lackSentence(where.lacks?.(subject.host.sigma)?.rules ?? [], subject.host.sigma) };
  const keyClass = historyClassOf(field);
  if (keyClass !== undefined && !subject.host.history.isMature(keyClass, at))
    return { because: NO_HISTORY_WORDS };
  return { because: `${field} is not recorded` };
}

/** The first test that could not be judged and matters. */
function unknownField(explanation: Explanation): string | undefined {
  if (explanation.result !== 'unknown') return undefined;
  if (explanation.field !== undefined) return RECORDED_AS[explanation.field] ?? explanation.field;
  for (const child of explanation.children ?? []) {
    const field = unknownField(child);
    if (field !== undefined) return field;
  }
  return undefined;
}

/** What a derived field that could not be read wants recorded. */
const RECORDED_AS: Readonly<Record<string, string>> = {
  'process.renamed': 'process.pe.original_file_name',
  'process.args': 'process.command_line',
  'process.args.files': 'process.command_line',
  'process.args_count': 'process.command_line',
};
