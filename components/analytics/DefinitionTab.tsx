import type { AnalyticView } from '@/lib/contracts/analytics';
import { RecordSection } from './RecordSection';
import { ReferenceList } from './ReferenceList';
import { ScoreLedger } from './ScoreLedger';
import { SentenceText } from './SentenceText';
import { StageList } from './StageList';

/** The analytic in readable sentences: what must happen, what it scores, what it misses, what to do then. */
export function DefinitionTab({ analytic }: { analytic: AnalyticView }) {
  return (
    <div className="@container">
      <div className="grid gap-x-8 gap-y-6 px-4 py-4 @4xl:grid-cols-[minmax(0,1fr)_300px]">
        <div className="min-w-0 space-y-7">
          <p className="max-w-[78ch] text-pretty text-15">{analytic.description}</p>
          <StageList analytic={analytic} />
          <ScoreLedger analytic={analytic} />
          <SuppressorList analytic={analytic} />
          <PartialRule analytic={analytic} />
        </div>
        <aside
          aria-label="About this analytic"
          className="min-w-0 space-y-6 @4xl:border-l @4xl:pl-6 @max-4xl:border-t @max-4xl:pt-4"
        >
          <RecordSection analytic={analytic} />
          <Lines title="Known gaps" lines={analytic.knownGaps} none="None is known." />
          <Lines
            title="False positives"
            lines={analytic.falsePositives}
            none="None is described; what is normal here belongs into a baseline."
          />
          <Lines title="Runbook" lines={analytic.runbook} none="No steps are written." numbered />
          <ReferenceList analytic={analytic} />
        </aside>
      </div>
    </div>
  );
}

function Lines(props: { title: string; lines: readonly string[]; none: string; numbered?: boolean }) {
  const List = props.numbered ? 'ol' : 'ul';
  return (
    <section>
      <h2 className="mb-1 text-13">{props.title}</h2>
      {props.lines.length === 0 ? (
        <p className="text-text-3">{props.none}</p>
      ) : (
        <List
          className={
            props.numbered
              ? 'list-decimal space-y-1.5 pl-5 text-text-2'
              : 'list-disc space-y-1.5 pl-4 text-text-2'
          }
        >
          {props.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </List>
      )}
    </section>
  );
}

function SuppressorList({ analytic }: { analytic: AnalyticView }) {
  return (
    <section aria-labelledby="suppressors">
      <h2 id="suppressors" className="text-15">
        What hides a finding
      </h2>
      <p className="mb-2 text-text-2">A hidden finding keeps its score and is counted, never deleted.</p>
      {analytic.suppressors.length === 0 ? (
        <p className="text-text-3">Nothing of the definition; baselines may.</p>
      ) : (
        <ul className="border-t">
          {analytic.suppressors.map(({ id, text, sentence }) => (
            <li key={id} className="border-b py-2">
              <p>
                <span className="machine mr-2 text-text-3">{id}</span>
                {text}
              </p>
              {sentence === '' ? null : (
                <p className="mt-0.5 text-12 text-text-3">
                  When <SentenceText text={sentence} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PartialRule({ analytic }: { analytic: AnalyticView }) {
  const { from, sentences } = analytic.keepsPartial;
  return (
    <section aria-labelledby="partial">
      <h2 id="partial" className="text-15">
        When an incomplete chain is kept
      </h2>
      <p className="mb-1 text-text-2">
        {sentences.length === 0
          ? 'Never: only complete chains become findings.'
          : from > 0
            ? `With at least ${from} points, and when any of these holds; it ranks below complete ones.`
            : 'When any of these holds; it ranks below complete ones.'}
      </p>
      <ul className="list-disc space-y-1 pl-4">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <SentenceText text={sentence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
