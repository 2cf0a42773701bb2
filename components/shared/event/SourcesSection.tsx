import type { EventDetail } from '@/lib/contracts/events';
import { HostileText, MonoText } from '../MonoText';
import { PanelSection } from './PanelSection';

/** A fact in the panel's words. */
const WORDS: Readonly<Record<string, string>> = {
  pid: 'Process number',
  image: 'Image',
  commandLine: 'Command line',
  user: 'User',
  integrity: 'Integrity',
  sha256: 'SHA-256',
  startedAt: 'Started',
  parentImage: 'Parent image',
  parentPid: 'Parent number',
};

type SourcesSectionProps = {
  sources: NonNullable<EventDetail['sources']>;
  /** The event that is open. */
  shown: string;
};

type Source = SourcesSectionProps['sources']['told'][number];

/** One process as each source tells it: side by side, what they disagree on marked, nothing averaged. */
export function SourcesSection({ sources, shown }: SourcesSectionProps) {
  const { told, conflicts } = sources;
  return (
    <PanelSection title={`One process, ${told.length} sources`}>
      <p className="mb-2 text-text-2">
        {conflicts.length === 0
          ? 'Process number, image and start agree; nothing that they say differs.'
          : `They disagree on ${conflicts.map((fact) => (WORDS[fact] ?? fact).toLowerCase()).join(', ')}.`}
      </p>
      <dl className="space-y-2">
        {Object.entries(WORDS).map(([fact, word]) => {
          const values = distinct(told, fact);
          if (values.length === 0) return null;
          const differs = conflicts.includes(fact);
          return (
            <div key={fact}>
              <dt className={differs ? 'text-12 text-warning' : 'text-12 text-text-3'}>
                {differs ? `${word}: they differ` : word}
              </dt>
              {values.map(({ value, by }) => (
                <dd key={value}>
                  <MonoText text={value} max={120} />
                  <span className="block text-12 text-text-3">
                    {by.length === told.length
                      ? 'all sources'
                      : by.map((source, i) => (
                          <span key={source.eventId}>
                            {i > 0 ? ', ' : ''}
                            <HostileText text={sourceName(source)} />
                            {source.eventId === shown ? ' (this record)' : ''}
                          </span>
                        ))}
                  </span>
                </dd>
              ))}
            </div>
          );
        })}
      </dl>
    </PanelSection>
  );
}

/** What is said of one fact, each spelling once with those who write it so. */
function distinct(
  told: readonly Source[],
  fact: string,
): readonly { value: string; by: readonly Source[] }[] {
  const values = new Map<string, Source[]>();
  for (const source of told) {
    const value = source.facts[fact];
    if (value !== undefined) values.set(value, [...(values.get(value) ?? []), source]);
  }
  return [...values].map(([value, by]) => ({ value, by }));
}

/** The product, or for the Windows event log its channel's short name. */
function sourceName(source: Source): string {
  if (source.product !== 'Windows event log') return source.product;
  return source.channel.replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '');
}
