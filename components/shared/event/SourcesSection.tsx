import { clsx } from 'clsx';
import { Table, Td, Th } from '@/components/ui/Table';
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
      <Table caption="What each source says of this process">
        <thead>
          <tr>
            <Th>Fact</Th>
            {told.map((source) => (
              <Th key={source.eventId} title={source.channel}>
                <HostileText text={sourceName(source)} />
                {source.eventId === shown ? ' (this record)' : ''}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(WORDS).map(([fact, word]) => {
            if (!told.some((source) => source.facts[fact] !== undefined)) return null;
            const differs = conflicts.includes(fact);
            return (
              <tr key={fact}>
                <Td className={clsx('whitespace-nowrap', differs ? 'text-warning' : 'text-text-3')}>
                  {word}
                  {differs ? ' ≠' : ''}
                </Td>
                {told.map((source) => (
                  <Td key={source.eventId}>
                    {source.facts[fact] === undefined ? (
                      <span className="text-text-3">not said</span>
                    ) : (
                      <MonoText text={source.facts[fact]} max={60} />
                    )}
                  </Td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Table>
    </PanelSection>
  );
}

/** The product, or for the Windows event log its channel's short name. */
function sourceName(source: SourcesSectionProps['sources']['told'][number]): string {
  if (source.product !== 'Windows event log') return source.product;
  return source.channel.replace(/^Microsoft-Windows-/, '').replace(/\/Operational$/, '');
}
