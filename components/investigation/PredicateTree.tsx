import { clsx } from 'clsx';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import type { PredicateView } from '@/lib/contracts/findings';

const RESULT_WORD = { true: 'holds', false: 'does not hold', unknown: 'cannot be told' } as const;
const OP_WORD = { all: 'all of', any: 'at least one of', not: 'not' } as const;

/** A predicate as it was judged, leaf by leaf: what was asked, what was found, and which part of it answered. */
export function PredicateTree({ predicate, depth = 0 }: { predicate: PredicateView; depth?: number }) {
  const { op, children = [] } = predicate;
  if (op === 'test') return <Leaf predicate={predicate} />;
  const bare = depth === 0 && op === 'all' && predicate.text === undefined;
  const rows = (
    <ul className={clsx('space-y-2', !bare && 'ml-[7px] mt-1.5 border-l pl-3')}>
      {children.map((child, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a judged predicate never changes its order
        <li key={index}>
          <PredicateTree predicate={child} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
  if (bare) return rows;
  return (
    <div>
      <Judged result={predicate.result}>{predicate.text ?? OP_WORD[op]}</Judged>
      {rows}
    </div>
  );
}

function Leaf({ predicate }: { predicate: PredicateView }) {
  const { field, modifier, expected = [], expectedTotal, actual, matched, result } = predicate;
  const more = (expectedTotal ?? expected.length) - expected.length;
  const question = [field, modifier === undefined || modifier === '' ? 'is' : modifier]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <Judged result={result}>{predicate.text ?? <span className="machine">{question}</span>}</Judged>
      <div className="ml-[22px] mt-0.5 text-text-2">
        {actual === undefined ? (
          <p className="text-text-3">{`${field ?? 'the field'} was not recorded`}</p>
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
                  <HostileText text={value} />
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
