import type { z } from 'zod';
import type { addCaseCommentBody, CaseComment } from '../../contracts/cases';
import {
  addCaseComment,
  resolveComment,
  type StoredComment,
  withdrawCaseComment,
} from '../../storage/cases/caseComments';
import { findingsInCase } from '../../storage/cases/caseItems';
import { toCaseComment } from './caseViews';
import { checkedPin, pinTexts } from './commentPins';

/** Keeps a comment; whom it mentions and the case's owner are told. Throws as `checkedPin` and `changeCase` do. */
export async function commentCase(
  caseId: number,
  { text, pin }: z.output<typeof addCaseCommentBody>,
  by: string,
): Promise<CaseComment> {
  const checked = checkedPin(pin, pin?.findingId == null ? [] : await findingsInCase(caseId));
  return told(await addCaseComment(caseId, { text, ...(checked === undefined ? {} : { pin: checked }) }, by));
}

/** Marks a comment as answered, or as open again. Throws `not_found`, `conflict`. */
export async function resolveCaseComment(
  caseId: number,
  commentId: number,
  resolved: boolean,
  by: string,
): Promise<CaseComment> {
  return told(await resolveComment(caseId, commentId, resolved, by));
}

/** Withdraws a comment of one's own. Throws `not_found`, `forbidden`. */
export async function takeBackCaseComment(
  caseId: number,
  commentId: number,
  by: string,
): Promise<CaseComment> {
  return told(await withdrawCaseComment(caseId, commentId, by));
}

async function told(comment: StoredComment): Promise<CaseComment> {
  return toCaseComment(comment, (await pinTexts([comment])).get(comment.id) ?? null);
}
