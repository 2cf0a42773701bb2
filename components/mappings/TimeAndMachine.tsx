'use client';

import { SelectField, TextField } from '@/components/ui/TextField';
import type { Mapping, MappingPreview } from '@/lib/contracts/mappings';
import { withConstant } from './mappingDraft';

const FORMAT_WORD: Record<Mapping['time']['format'], string> = {
  auto: 'as written, or a number by its size',
  day_first: 'day before month (06/04/2026)',
  month_first: 'month before day (04/06/2026)',
  epoch_s: 'seconds since 1970',
  epoch_ms: 'milliseconds since 1970',
  epoch_us: 'microseconds since 1970',
  epoch_ns: 'nanoseconds since 1970',
  filetime: 'Windows FILETIME',
};

type TimeAndMachineProps = {
  preview: MappingPreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

/** How times are to be read, and which machine records are from when they do not say. */
export function TimeAndMachine({ preview, mapping, onChange }: TimeAndMachineProps) {
  const { time } = mapping;
  const set = (change: Partial<Mapping['time']>) => {
    const { zone, date, ...rest } = { ...time, ...change };
    onChange({ ...mapping, time: { ...rest, ...(zone ? { zone } : {}), ...(date ? { date } : {}) } });
  };
  return (
    <section aria-label="Time and machine">
      <h2 className="mb-2 text-13">Time and machine</h2>
      <div className="grid grid-cols-2 gap-x-3 gap-y-2.5">
        <SelectField
          dense
          label="Times are written"
          value={time.format}
          onChange={(event) => set({ format: event.target.value as Mapping['time']['format'] })}
        >
          {Object.entries(FORMAT_WORD).map(([format, word]) => (
            <option key={format} value={format}>
              {word}
            </option>
          ))}
        </SelectField>
        <TextField
          dense
          label="Zone of times without one"
          placeholder="UTC, +02:00, Europe/Berlin"
          defaultValue={time.zone ?? ''}
          onBlur={(event) => set({ zone: event.target.value.trim() })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') set({ zone: event.currentTarget.value.trim() });
          }}
        />
        <SelectField
          dense
          label="Date in a field of its own"
          value={time.date ?? ''}
          onChange={(event) => set({ date: event.target.value })}
        >
          <option value="">no, the time has it</option>
          {preview.sources.map(({ path }) => (
            <option key={path} value={path}>
              {path}
            </option>
          ))}
        </SelectField>
        <TextField
          dense
          label="Machine of records that name none"
          placeholder="such as ws-17.corp.example"
          defaultValue={mapping.constants['host.name'] ?? ''}
          onChange={(event) => onChange(withConstant(mapping, 'host.name', event.target.value.trim()))}
        />
      </div>
    </section>
  );
}
