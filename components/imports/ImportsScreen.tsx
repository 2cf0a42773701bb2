'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { importsQuery, useImportSample } from '@/components/shared/importQueries';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { DropFrame, FilePicker } from '@/components/shared/uploads/DropTarget';
import { useUploads } from '@/components/shared/uploads/Uploads';
import { Button } from '@/components/ui/Button';
import { DETAIL_TABS, type DetailTab, ImportDetail } from './ImportDetail';
import { COLUMNS, ImportRow, rowId } from './ImportRow';
import { ImportsSkeleton } from './ImportsSkeleton';
import type { LedgerPart } from './importWords';
import { UploadRow } from './UploadRow';

const PART_TAB: Record<LedgerPart, DetailTab> = {
  events: 'events',
  ignored: 'ignored',
  duplicates: 'overview',
  quarantined: 'quarantine',
};

/** Where data comes in: drop, watch, and see what became of every record. */
export function ImportsScreen() {
  const [at, setAt] = useQueryStates({
    import: parseAsString,
    tab: parseAsStringLiteral(DETAIL_TABS).withDefault('overview'),
  });
  const imports = useQuery(importsQuery);
  const sample = useImportSample();
  const { uploads } = useUploads();
  const items = imports.data?.items ?? [];
  const shown = items.find((each) => each.id === at.import);
  const close = (id: string) => {
    void setAt({ import: null, tab: null });
    document.getElementById(rowId(id))?.focus();
  };
  const read = items.reduce((sum, each) => sum + each.records.read, 0);

  return (
    <div className="flex h-full">
      <section aria-label="Imports" className="@container flex min-w-0 flex-1 flex-col overflow-y-auto">
        <div className="px-4 pb-4 pt-3">
          <div className="num mb-3 flex flex-wrap items-baseline gap-x-3">
            <h1 className="text-13 tracking-normal">Imports</h1>
            <p className="text-text-2">
              {imports.data && items.length > 0
                ? `${read.toLocaleString('en')} records in ${items.length.toLocaleString('en')} ${items.length === 1 ? 'import' : 'imports'}; each is an event, ignored, a duplicate, or quarantined.`
                : ''}
            </p>
            <Link href="/mappings" className="link ml-auto">
              Mappings
            </Link>
          </div>
          <Allowed to="imports.write" told>
            <DropFrame
              actions={
                <>
                  <FilePicker primary={items.length > 0} />
                  <Button
                    variant={items.length > 0 ? 'default' : 'primary'}
                    disabled={sample.isPending}
                    onClick={() =>
                      sample.mutate(undefined, {
                        onSuccess: (stored) => void setAt({ import: stored.id, tab: 'overview' }),
                      })
                    }
                  >
                    {sample.isPending ? 'Importing the sample…' : 'Import the sample'}
                  </Button>
                </>
              }
            >
              <p className="font-medium">Drop exports anywhere on any page</p>
              <p className="mt-0.5 max-w-[68ch] text-text-2">
                Event logs (EVTX, XML, JSON, CSV) and exports of Defender, Falcon, SentinelOne, Carbon Black,
                Elastic and OCSF; plain, gzip, Zstandard, ZIP or tar, several at once. The original is kept
                byte for byte; the same bytes are never counted twice.
              </p>
            </DropFrame>
          </Allowed>
          {sample.error ? (
            <div className="mt-3">
              <ProblemNote
                compact
                error={sample.error}
                what="The sample could not be imported"
                safe="Nothing was stored."
              />
            </div>
          ) : null}
          {sample.data?.alreadyImported ? (
            <p role="status" className="mt-3 text-text-2">
              The sample was imported before; nothing was counted twice.
            </p>
          ) : null}
        </div>
        {uploads.length > 0 ? (
          <ul aria-label="Uploads" className="border-t">
            {uploads.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                onShow={(id) => void setAt({ import: id, tab: 'overview' })}
              />
            ))}
          </ul>
        ) : null}
        <div aria-hidden="true" className={clsx(COLUMNS, 'label border-y py-1.5 @max-3xl:hidden')}>
          <span>Import</span>
          <span>What became of its records</span>
          <span>Hosts and time</span>
          <span className="text-right">Findings</span>
        </div>
        {imports.error && !imports.data ? (
          <ProblemNote
            error={imports.error}
            what="The imports could not be read"
            safe="What was imported is stored on the server; nothing is lost."
            onRetry={() => void imports.refetch()}
          />
        ) : !imports.data ? (
          <ImportsSkeleton />
        ) : items.length === 0 ? (
          <p className="px-4 py-6 text-text-2">Nothing imported yet. Each import will be one row here.</p>
        ) : (
          <ul aria-label="Imports">
            {items.map((each) => (
              <ImportRow
                key={each.id}
                thisImport={each}
                active={each.id === at.import}
                onSelect={() =>
                  void setAt(
                    each.id === at.import
                      ? { import: null, tab: null }
                      : { import: each.id, tab: 'overview' },
                  )
                }
                onPart={(part) => void setAt({ import: each.id, tab: PART_TAB[part] })}
              />
            ))}
          </ul>
        )}
        {imports.data?.nextCursor ? (
          <p className="px-4 py-3 text-text-3">
            The newest {items.length} imports are shown; older ones are in the API.
          </p>
        ) : null}
      </section>
      {shown ? (
        <ImportDetail
          thisImport={shown}
          tab={at.tab}
          onTab={(tab) => void setAt({ tab })}
          onClose={() => close(shown.id)}
        />
      ) : at.import && imports.data ? (
        <aside className="w-[460px] shrink-0 border-l bg-surface-1 p-4 max-lg:hidden">
          <p>There is no import {at.import} here. It may be older than the ones listed.</p>
        </aside>
      ) : null}
    </div>
  );
}
