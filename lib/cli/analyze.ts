import { AppError } from '../base/appError';
import { limitsFromEnvironment } from '../containers/limits';
import { analyzeFiles } from './analyzeFiles';
import { parseArguments, USAGE } from './arguments';
import { loadCatalogue } from './loadCatalogue';
import { loadMappings } from './loadMappings';
import { ansiPaint, plainPaint, printAnalysis } from './printAnalysis';
import { createProgressBar } from './progressBar';
import { terminalJson, terminalText } from './terminalText';

/** Exit codes, in both modes. */
const NOTHING = 0;
const FINDINGS = 1;
const BAD_INPUT = 2;

/** `npm run -s analyze -- FILE… [--json]`: the same core as the server's, with no database and no server. */
async function main(words: readonly string[]): Promise<number> {
  const { files, json, format, mappings, password, help } = parseArguments(words);
  if (help) {
    process.stdout.write(`${USAGE}\n`);
    return NOTHING;
  }
  const bar = createProgressBar(process.stderr, () => performance.now());
  try {
    const catalogue = await loadCatalogue();
    const { document, problems } = await analyzeFiles(files, {
      format,
      catalogue,
      onProgress: bar.onProgress,
      formats: await loadMappings(mappings),
      limits: limitsFromEnvironment(process.env),
      ...(password === undefined ? {} : { password }),
    });
    bar.clear();
    for (const problem of problems) process.stderr.write(`warning: ${terminalText(problem)}\n`);
    const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
    const text = json
      ? `${terminalJson(JSON.stringify(document, null, 2))}\n`
      : printAnalysis(document, coloured ? ansiPaint : plainPaint);
    process.stdout.write(text);
    return document.findings.some((finding) => !finding.suppressed) ? FINDINGS : NOTHING;
  } finally {
    bar.clear();
  }
}

// A reader that closes the pipe early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`analyze: ${terminalText(error.message)}\n`);
  process.exitCode = BAD_INPUT;
}
