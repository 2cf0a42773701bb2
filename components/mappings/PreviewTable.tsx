'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { Table, Td, Th } from '@/components/ui/Table';
import { Segmented } from '@/components/ui/Toggle';
import type { MappingPreview } from '@/lib/contracts/mappings';

type Shown = 'all' | 'event' | 'ignored' | 'quarantined';

/** The first records as events, with what is wrong where one is none. `note`: why this is not the mapping's last word. */
export function PreviewTable({ preview, note }: { preview: MappingPreview; note: string | null }) {
  const [shown, setShown] = useState<Shown>('all');
  const { counts } = preview;
  const records = preview.records.filter(({ outcome }) => shown === 'all' || outcome === shown);
  return (
    <section aria-label="Preview" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-3 px-4 pb-2 pt-3">
        <h2 className="text-13">The first {counts.read} records</h2>
        <Segmented
          label="Records shown"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: 'All' },
            { value: 'event', label: `${counts.events} events` },
            { value: 'ignored', label: `${counts.ignored} ignored` },
            { value: 'quarantined', label: `${counts.quarantined} quarantined` },
          ]}
        />
        <span role="status" className="text-12 text-text-3">
          {note}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a mouse */}
      <div tabIndex={0} className="focus-inset min-h-0 flex-1 overflow-auto px-4 pb-4">
        <Table caption="Records as events" className={clsx(note !== null && 'opacity-60')}>
          <thead>
            <tr>
              <Th>#</Th>
              <Th>Becomes</Th>
              <Th>Time and machine</Th>
              <Th className="w-full pr-0">Fields</Th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.index}>
                <Td className="text-right text-text-3">{record.index + 1}</Td>
                <Td className="whitespace-nowrap">
                  {record.kind === null ? (
                    <span className={record.outcome === 'quarantined' ? 'text-danger' : 'text-text-3'}>
                      {record.outcome}
                    </span>
                  ) : (
                    record.kind.replaceAll('_', ' ')
                  )}
                </Td>
                <Td className="whitespace-nowrap">
                  {record.time === null ? null : <TimeText at={record.time} date />}
                  <span className="machine block text-text-2">
                    <HostileText text={record.host ?? ''} />
                  </span>
                </Td>
                <Td className="pr-0">
                  {record.reason === null ? (
                    <Fields fields={record.fields} />
                  ) : (
                    <span className={record.outcome === 'quarantined' ? 'text-danger' : 'text-text-3'}>
                      <HostileText text={record.reason} />
                    </span>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
        {records.length === 0 ? <p className="py-3 text-text-3">None of the first records.</p> : null}
      </div>
    </section>
  );
}

function Fields({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      {Object.entries(fields).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="machine text-text-3">{name}</dt>
          <dd>
            <MonoText text={value} max={96} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
