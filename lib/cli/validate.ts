import { DEVIATIONS } from '../validation/deviations';
import { type Scorecard, scorecardOf } from '../validation/scorecard';
import { validateGenerated, writeGenerated } from './generatedRecordings';
import { type Unusable, validateFolder } from './labelledFolder';
import { loadCatalogue } from './loadCatalogue';
import { ansiPaint, plainPaint } from './printAnalysis';
import { printScorecards } from './printScorecard';
import { runCommand } from './runCommand';
import { type ValidationDocument, validationDocument } from './scorecardDocument';
import { scorecardMarkdown } from './scorecardMarkdown';
import { terminalJson, terminalText } from './terminalText';
import { parseValidateArguments, VALIDATE_USAGE, type ValidateArguments } from './validateArguments';

const AS_LABELLED = 0;
const DIFFERENCES = 1;

/** `npm run -s validate -- [FOLDER]`: labelled recordings against what is found in them, with no database. */
async function main(words: readonly string[]): Promise<number> {
  const options = parseValidateArguments(words);
  if (options.help) {
    process.stdout.write(`${VALIDATE_USAGE}\n`);
    return AS_LABELLED;
  }
  if (options.write !== undefined) {
    const count = await writeGenerated(options.only, options.write);
    process.stdout.write(`${count} recordings and LABELS.json written to ${terminalText(options.write)}\n`);
    return AS_LABELLED;
  }
  const document = await validate(options);
  process.stdout.write(shown(document, options.shape));
  const missed = document.unusable.some((one) => one.missed);
  return document.unexplained === 0 && !missed ? AS_LABELLED : DIFFERENCES;
}

async function validate({ folder, only }: ValidateArguments): Promise<ValidationDocument> {
  const catalogue = await loadCatalogue();
  const cards: Scorecard[] = [];
  let unusable: readonly Unusable[] = [];
  if (folder !== undefined) {
    const result = await validateFolder(folder, catalogue, tellProgress);
    unusable = result.unusable;
    cards.push(scorecardOf(folder, result.recordings, DEVIATIONS));
  }
  cards.push(scorecardOf('generated', validateGenerated(only, catalogue, tellProgress), []));
  tellProgress('');
  return validationDocument(catalogue, cards, unusable);
}

function shown(document: ValidationDocument, shape: ValidateArguments['shape']): string {
  if (shape === 'json') return `${terminalJson(JSON.stringify(document, null, 2))}\n`;
  if (shape === 'markdown') return scorecardMarkdown(document);
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return printScorecards(document, coloured ? ansiPaint : plainPaint);
}

/** The file being replayed, on one line that is written over; nothing where nobody watches. */
function tellProgress(file: string): void {
  if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[K${terminalText(file).slice(0, 100)}`);
}

await runCommand('validate', main);
