import { precisionOf, recallOf, type Scorecard } from '../validation/scorecard';
import { share } from './printScorecard';
import type { ValidationDocument } from './scorecardDocument';

const HEAD = `# Validation

Written by \`npm run -s validate -- ../shared/data --markdown > docs/VALIDATION.md\`, never by hand.

Two sets of recordings with known truth are read and correlated as an import is, and what is found is held against
their labels. The first is public and lies beside the project. The second is generated (\`lib/sample/scenarios\`):
invented names, addresses kept for documentation, told once and written in the records of each product; its labels
follow from what was told and from what the product can record, never from the definitions.
\`npm run -s validate -- --write DIR\` writes it to a folder.

*Complete*, *partial* and *quiet* (nothing may be raised) are the labels' strict verdicts. *Accepted*: found with
another verdict that the label allows, as where a source cannot show what ties two stages. *False*: raised where no
label allows it. Recall is (found + accepted) / labelled; precision is found / (found + false).`;

/** A validation as docs/VALIDATION.md. The same run gives the same text: it holds no time and no machine. */
export function scorecardMarkdown(document: ValidationDocument): string {
  const lines = [HEAD, '', '## Definitions', '', '| definition | version | SHA-256 |', '| --- | --- | --- |'];
  for (const { analytic, version, sha256 } of document.definitions)
    lines.push(`| ${analytic} | ${version} | \`${sha256.slice(0, 16)}\` |`);
  for (const card of document.scorecards) lines.push('', ...setLines(card));
  if (document.unusable.length > 0) {
    lines.push('', '## Could not be replayed', '');
    for (const { file, why } of document.unusable) lines.push(`- \`${file}\`: ${cell(why).slice(0, 160)}`);
  }
  return `${lines.join('\n')}\n`;
}

function setLines(card: Scorecard): readonly string[] {
  const right = card.recordings.filter(({ ok }) => ok).length;
  const lines = [
    `## Recordings: ${card.set}`,
    '',
    `${card.recordings.length} recordings, ${right} as labelled.`,
    '',
    '| analytic | verdict | labelled | found | accepted | missed | false | recall | precision |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  for (const score of card.analytics) {
    for (const verdict of ['complete', 'partial'] as const) {
      const count = score[verdict];
      const { labelled, found, accepted, missed } = count;
      lines.push(
        `| ${score.analytic} | ${verdict} | ${labelled} | ${found} | ${accepted} | ${missed} | ${count.false} | ${share(recallOf(count))} | ${share(precisionOf(count))} |`,
      );
    }
    lines.push(
      `| ${score.analytic} | quiet | ${score.quiet.labelled} | ${score.quiet.kept} | | ${score.quiet.labelled - score.quiet.kept} | | | |`,
    );
  }
  lines.push(
    '',
    '| analytic | stage | matched as labelled | absent or blind as labelled |',
    '| --- | --- | ---: | ---: |',
  );
  for (const { analytic, stages } of card.analytics) {
    for (const { stage, matched, found, unmatched, right: states } of stages)
      lines.push(
        `| ${analytic} | ${cell(stage)} | ${found} of ${matched} | ${unmatched === 0 ? '' : `${states} of ${unmatched}`} |`,
      );
  }
  lines.push('', '### Not as labelled', '');
  if (card.differences.length === 0) lines.push('Nothing.');
  for (const { file, sentence, because } of card.differences)
    lines.push(
      `- \`${file}\`: ${cell(sentence)}${because === undefined ? '' : `. By decision: ${because}`}.`,
    );
  lines.push('', '### Recordings and their SHA-256', '', ...recordingLines(card));
  return lines;
}

function recordingLines(card: Scorecard): readonly string[] {
  return card.recordings.map(
    ({ file, sha256, ok }) => `- ${ok ? '' : '**differs** '}\`${file}\` \`${sha256.slice(0, 16)}\``,
  );
}

/** Text of a recording in a table of Markdown: nothing in it may end the cell or begin markup. */
function cell(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/[|<>`*_[\]\\]/g, (character) => `\\${character}`);
}
