'use client';

import { hostilePlain } from '@/components/shared/hostileText';
import { MonoText } from '@/components/shared/MonoText';
import { Table, Td, Th } from '@/components/ui/Table';
import { SelectField } from '@/components/ui/TextField';
import type { Mapping, MappingPreview } from '@/lib/contracts/mappings';
import { fieldGroups, fieldOf, fieldWord, sureness, withField } from './mappingDraft';

type SourceFieldsProps = {
  preview: MappingPreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

/** The export's own fields with a few of their values, and the field of an event that each fills. */
export function SourceFields({ preview, mapping, onChange }: SourceFieldsProps) {
  const groups = fieldGroups(preview.fields);
  const total = preview.counts.read;
  return (
    <Table caption="Fields of the export" className="[&_table]:table-fixed">
      <thead>
        <tr>
          <Th className="w-[52%]">Field and values</Th>
          <Th className="pr-0">Fills</Th>
        </tr>
      </thead>
      <tbody>
        {preview.sources.map((source) => {
          const field = fieldOf(mapping, source.path);
          return (
            <tr key={source.path}>
              <Td>
                <MonoText text={source.path} className="font-medium" />
                {source.present < total ? (
                  <span className="num text-11 text-text-3">
                    {' '}
                    in {source.present} of {total}
                  </span>
                ) : null}
                <span
                  className="mt-0.5 block truncate text-text-2"
                  title={source.samples.map(hostilePlain).join('\n')}
                >
                  <MonoText text={source.samples.join(' · ').slice(0, 200)} className="text-text-3" />
                </span>
              </Td>
              <Td className="pr-0">
                <SelectField
                  dense
                  label={`Field that ${hostilePlain(source.path)} fills`}
                  hideLabel
                  value={field ?? ''}
                  onChange={(event) => onChange(withField(mapping, source.path, event.target.value || null))}
                >
                  <option value="">not used</option>
                  {groups.map(({ title, fields }) => (
                    <optgroup key={title} label={title}>
                      {fields.map((each) => (
                        <option key={each} value={each}>
                          {fieldWord(each)}
                        </option>
                      ))}
                    </optgroup>
                  ))}
                </SelectField>
                <GuessNote guess={source.guess} field={field} />
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Where a choice comes from: a guess and how sure it is, or the person. */
function GuessNote(props: { guess: MappingPreview['sources'][number]['guess']; field: string | undefined }) {
  const { guess, field } = props;
  if (guess === null && field === undefined) return null;
  if (guess === null || guess.field !== field)
    return <p className="mt-0.5 text-11 text-text-3">{field === undefined ? 'taken out' : 'chosen'}</p>;
  return (
    <p className="num mt-0.5 text-11 text-text-3">
      {sureness(guess.confidence)}, by {guess.reason} ({Math.round(guess.confidence * 100)} %)
    </p>
  );
}
