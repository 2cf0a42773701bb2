import type { z } from 'zod';
import type { checkSigmaBody, sigmaCheck } from '../../contracts/sigmaSets';
import { isRulePath } from '../../sigma/ruleFile';
import { isForeign, logsourceText } from '../../sigma/sources/logsource';
import { splitFiles } from './takeFiles';
import { readDocuments } from './takeRules';

/** What a text of rules comes to, and why some of it cannot be used; nothing is kept. */
export async function checkRules({
  path,
  text,
}: z.output<typeof checkSigmaBody>): Promise<z.input<typeof sigmaCheck>> {
  const pasted = { path: isRulePath(path) ? path : `${path}.yml`, text };
  const { documents, refused } = await readDocuments(splitFiles([pasted]));
  return {
    rules: documents.map((document) => {
      const { id, kind, title, level, status, line } = document;
      const logsource = document.kind === 'correlation' ? undefined : document.logsource;
      return {
        ...{ kind, title, level, status, line },
        ruleId: id,
        logsource: logsource === undefined ? '' : logsourceText(logsource),
        foreign: logsource !== undefined && isForeign(logsource),
      };
    }),
    refused: [...refused],
  };
}
