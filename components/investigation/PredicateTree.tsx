import { clsx } from 'clsx';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import type { PredicateView } from '@/lib/contracts/findings';

const RESULT_WORD = { true: 'holds', false: 'does not hold', unknown: 'cannot be told' } as const;
const OP_WORD = { all: 'all of these', any: 'at least one of these', not: 'none of these' } as const;

/** A predicate as it was judged, leaf by leaf: what was asked, what was found, and which part of it answered. */
export function PredicateTree({ predicate, depth = 0 }: { predicate: PredicateView; depth?: number }) {
  const { op, children = [] } = predicate;
  if (op === 'test') return <Leaf predicate={predicate} />;
  const bare = depth === 0 && op === 'all' && predicate.text === undefined;
  // What decided comes first; what was tried beside it is there for who wants it.
  const decided = children.filter((child) =>
    op === 'any' && predicate.result === 'true'
      ? child.result === 'true'
      : op !== 'not' || child.result !== 'false',
  );
  const beside = children.filter((child) => !decided.includes(child));
  const rows = (
    <>
      <ul className={clsx('space-y-2', !bare && 'ml-[7px] mt-1.5 border-l pl-3')}>
        {decided.map((child, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a judged predicate never changes its order
          <li key={index}>
            <PredicateTree predicate={child} depth={depth + 1} />
          </li>
        ))}
      </ul>
      {beside.length === 0 ? null : (
        <details className={bare ? undefined : 'ml-[22px] mt-1'}>
          <summary className="cursor-pointer text-12 text-text-3">
            {op === 'not'
              ? `${beside.length} looked for, none holds`
              : `${beside.length} ${beside.length === 1 ? 'other does' : 'others do'} not hold`}
          </summary>
          <ul className="mt-1.5 space-y-2">
            {beside.map((child, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a judged predicate never changes its order
              <li key={index}>
                <PredicateTree predicate={child} depth={depth + 1} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
  if (bare) return rows;
  return (
    <div>
      <Judged result={predicate.result}>
        {predicate.text === undefined ? OP_WORD[op] : <HostileText text={predicate.text} />}
      </Judged>
      {rows}
    </div>
  );
}

function Leaf({ predicate }: { predicate: PredicateView }) {
  const { field, modifier, actual, matched, result } = predicate;
  // Something asked of the chain, not of a field.
  if (field === undefined)
    return (
      <Judged result={result}>
        <HostileText text={predicate.text ?? 'a condition'} />
      </Judged>
    );
  const wanted = predicate.expected ?? [];
  const expected = wanted.slice(0, 4);
  const more = Math.max(predicate.expectedTotal ?? 0, wanted.length) - expected.length;
  const question = `${field} ${modifierWords(modifier)}`;
  return (
    <div>
      <Judged result={result}>{predicate.text ?? <span className="machine">{question}</span>}</Judged>
      <div className="ml-[22px] mt-0.5 text-text-2">
        {actual === undefined ? (
          <p className="text-text-3">{`${field} was not recorded`}</p>
        ) : (
          <MonoText text={actual} marks={matched === undefined ? [] : [matched]} />
        )}
        {predicate.normalised ? (
          <p className="text-12 text-text-3">matched after removing obfuscation</p>
        ) : null}
        {(result !== 'true' || predicate.text !== undefined) && expected.length > 0 ? (
          <p className="text-12 text-text-3">
            {predicate.text === undefined ? 'wanted: ' : `${question}: `}
            {expected.map((value, index) => (
              <span key={value}>
                {index > 0 ? ', ' : ''}
                <span className="font-mono">
                  <HostileText text={value.length > 64 ? `${value.slice(0, 63)}…` : value} />
                </span>
              </span>
            ))}
            {more > 0 ? ` and ${more} more` : null}
          </p>
        ) : null}
      </div>
    </div>
  );
}

const MODIFIER_WORD: Readonly<Record<string, string>> = {
  contains: 'contains',
  startswith: 'starts with',
  endswith: 'ends with',
  re: 'matches',
  cidr: 'is within',
  exists: 'exists',
  gt: 'is above',
  gte: 'is at least',
  lt: 'is below',
  lte: 'is at most',
  in: 'is one of',
  is: 'is',
};

/** `contains|all|i` in words; flags that change how values are written, not what is asked, say nothing. */
function modifierWords(modifier: string | undefined): string {
  const parts = (modifier ?? '').split('|');
  const word = parts.map((part) => MODIFIER_WORD[part]).find((found) => found !== undefined) ?? 'is';
  return parts.includes('all') ? `${word} all of` : word;
}

function Judged({ result, children }: { result: PredicateView['result']; children: React.ReactNode }) {
  return (
    <p className="flex items-start gap-2">
      <ResultMark result={result} />
      <span className={clsx('min-w-0', result === 'true' ? 'text-text-1' : 'text-text-2')}>
        {children}
        {result === 'true' ? null : <span className="text-text-3">{`: ${RESULT_WORD[result]}`}</span>}
      </span>
    </p>
  );
}

/** Tick, cross, question mark: three shapes, so that no colour is needed. */
export function ResultMark({ result }: { result: PredicateView['result'] }) {
  return (
    <svg
      width={14}
      height={14}
      viewBox="0 0 14 14"
      role="img"
      aria-label={RESULT_WORD[result]}
      className="mt-[2.5px] shrink-0"
      fill="none"
      strokeWidth={1.7}
      strokeLinecap="round"
    >
      {result === 'true' ? <path d="M2.5 7.5l3 3 6-7" stroke="var(--accent)" /> : null}
      {result === 'false' ? <path d="M3.5 3.5l7 7M10.5 3.5l-7 7" stroke="var(--text-3)" /> : null}
      {result === 'unknown' ? (
        <>
          <path d="M4.7 5a2.3 2.3 0 1 1 3.4 2C7.4 7.4 7 7.8 7 8.6" stroke="var(--blind)" />
          <path d="M7 11.2v.1" stroke="var(--blind)" />
        </>
      ) : null}
    </svg>
  );
}
