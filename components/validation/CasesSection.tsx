'use client';

import { throttle, useQueryStates } from 'nuqs';
import { HostileText } from '@/components/shared/MonoText';
import { Segmented } from '@/components/ui/Segmented';
import { SelectField, TextField } from '@/components/ui/TextField';
import { counted } from '@/lib/base/numberWords';
import type { ValidationReport } from '@/lib/contracts/validation';
import { CaseRow } from './CaseRow';
import { runParsers } from './validationUrl';
import { caseKey, chosenCases } from './validationWords';

/** Every labelled case with its outcome, the wrong ones unless all are asked for; one opens to its stages and reasons. */
export function CasesSection({ report }: { report: ValidationReport }) {
  const [url, setUrl] = useQueryStates(runParsers);
  const wrong = report.cases.filter(({ ok }) => !ok).length;
  const shown = chosenCases(report, url);
  const analytics = [...new Set(report.cases.map(({ analytic }) => analytic))].sort();
  return (
    <section aria-labelledby="cases-title">
      <h2 id="cases-title" className="text-15">
        Labelled cases
      </h2>
      <div className="no-print mt-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <Segmented
          label="Which cases"
          value={url.show}
          onChange={(show) => void setUrl({ show, case: null })}
          options={[
            { value: 'wrong', label: `Wrong ${wrong}` },
            { value: 'all', label: `All ${report.cases.length}` },
          ]}
        />
        <SelectField
          label="Analytic"
          className="w-40"
          value={url.analytic ?? ''}
          onChange={(event) => void setUrl({ analytic: event.target.value || null, case: null })}
        >
          <option value="">All</option>
          {analytics.map((analytic) => (
            <option key={analytic}>{analytic}</option>
          ))}
        </SelectField>
        <TextField
          label="Recording"
          className="w-64 max-w-full"
          type="search"
          value={url.q ?? ''}
          onChange={(event) =>
            void setUrl({ q: event.target.value || null }, { limitUrlUpdates: throttle(200) })
          }
        />
      </div>
      <p role="status" className="num mt-2 text-12 text-text-3">
        {counted(shown.length, 'case')} of {report.cases.length.toLocaleString('en')}
      </p>
      {shown.length === 0 ? (
        <p className="py-2 text-text-2">
          {wrong === 0 && url.show === 'wrong'
            ? 'Every case came out as labelled.'
            : 'No case is like this: choose all, or other words.'}
        </p>
      ) : (
        <ul aria-label="Labelled cases" className="mt-1 border-t">
          {shown.map((one) => (
            <CaseRow
              key={caseKey(one)}
              one={one}
              open={url.case === caseKey(one)}
              onOpen={(open) => void setUrl({ case: open ? caseKey(one) : null }, { history: 'push' })}
            />
          ))}
        </ul>
      )}
      <Sources report={report} />
    </section>
  );
}

/** What the recordings were made of. */
function Sources({ report }: { report: ValidationReport }) {
  const sources = [...new Set(report.cases.flatMap((one) => one.sources))].sort();
  if (sources.length === 0) return null;
  return (
    <p className="num mt-2 text-12 text-text-3">
      {counted(report.recordings, 'recording')}, of <HostileText text={sources.join(', ')} />.
    </p>
  );
}
