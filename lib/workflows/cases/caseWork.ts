import { addWork } from '../../storage/cases/caseWork';

/** Counts time a person had a case before them. Throws `not_found`, `conflict`. */
export async function addCaseWork(caseId: number, seconds: number, by: string): Promise<{ done: true }> {
  await addWork(caseId, by, seconds);
  return { done: true };
}
