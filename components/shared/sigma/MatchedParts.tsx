import { HostileText, MonoText } from '@/components/shared/MonoText';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { fieldText } from './ruleWords';

/** Which parts of a rule held, each with what the rule asks for and what the record has. */
export function MatchedParts({ parts }: { parts: SigmaHitView['matched'] }) {
  if (parts.length === 0)
    return (
      <p className="text-text-2">
        No single part of the rule: it asks only for what the record does not have.
      </p>
    );
  const selections = [...new Set(parts.map(({ selection }) => selection))];
  return (
    <div className="space-y-2">
      {selections.map((selection) => (
        <div key={selection} className="border-l-2 border-accent pl-2.5">
          <p className="machine text-text-2">
            <HostileText text={selection} />
          </p>
          <dl className="space-y-1.5">
            {parts
              .filter((part) => part.selection === selection)
              .map((part, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one hit never move, and may be alike
                <div key={place}>
                  <dt className="machine text-text-2 [overflow-wrap:anywhere]">
                    <HostileText text={fieldText(part)} />{' '}
                    <span className="font-sans text-text-3">asks for</span>{' '}
                    <HostileText text={part.expected} />
                  </dt>
                  <dd className="[overflow-wrap:anywhere]">
                    <MonoText text={part.value} max={300} marks={[bare(part.expected)]} />
                  </dd>
                </div>
              ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

/** The rule's value without wildcards at its ends, to underline it in what the record has. */
function bare(expected: string): string {
  return expected.replace(/^\*+/, '').replace(/\*+$/, '');
}
