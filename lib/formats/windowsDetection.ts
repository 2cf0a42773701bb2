import type { Detection, FormatSample, VendorRecord } from './exportFormat';

/**
 * Confidence by the share of the sample's records that a test accepts. A file with one record is as sure as
 * its record; one in which few fit is still recognised, weakly, so that a mixed file is read.
 */
export function detectByRecords(
  sample: FormatSample,
  fits: (record: VendorRecord) => boolean,
  what: string,
): Detection | null {
  const total = sample.records.length;
  if (total === 0) return null;
  let fitting = 0;
  for (const record of sample.records) if (fits(record)) fitting++;
  if (fitting === 0) return null;
  return {
    confidence: 0.3 + (0.65 * fitting) / total,
    reason: `${fitting} of the first ${total} records have ${what}`,
  };
}

/**
 * For a file whose first record is larger than the sample: what its text shows. Weak on purpose.
 */
export function detectByText(sample: FormatSample, marks: readonly string[], what: string): Detection | null {
  if (sample.records.length > 0 || !marks.every((mark) => sample.text.includes(mark))) return null;
  return { confidence: 0.25, reason: `the beginning shows ${what}` };
}
