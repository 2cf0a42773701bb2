import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '../base/appError';
import { validationReport } from '../contracts/validation';
import { runCommand } from './runCommand';
import { terminalText } from './terminalText';

const USAGE = `usage: npm run -s validation:verify -- REPORT.json --signature SIGNATURE --key KEY.pem

REPORT.json   as GET /api/v1/validation/runs/ID/report gave it, byte for byte
--signature   the header X-Sequela-Signature (base64), or a file that holds it
--key         the server's public key (PEM), from GET /api/v1/validation/runs/ID, kept since an earlier day

Exit code: 0 the report is as it was signed; 1 it is not; 2 bad input.`;

const HOLDS = 0;
const DOES_NOT_HOLD = 1;

/** `npm run -s validation:verify`: whether a validation report is byte for byte what a server's key signed. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return HOLDS;
  }
  const { report, signature, key } = parse(words);
  const bytes = await read(report);
  const holds = verify(null, bytes, publicKey(await read(key)), await signatureFrom(signature));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  process.stdout.write(
    `${holds ? 'ok  ' : 'FAIL'}  signature over ${bytes.length} bytes, SHA-256 ${sha256}\n`,
  );
  if (!holds) return DOES_NOT_HOLD;
  process.stdout.write(`${terminalText(summaryOf(bytes.toString('utf8')))}\n`);
  return HOLDS;
}

type Arguments = { readonly report: string; readonly signature: string; readonly key: string };

function parse(words: readonly string[]): Arguments {
  const given = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const option = word === '--signature' || word === '--key';
    const name = option ? word : 'report';
    const value = option ? (words[++i] ?? '') : word;
    if (given.has(name) || value === '' || (!option && word.startsWith('-')))
      throw new AppError('bad_request', USAGE);
    given.set(name, value);
  }
  const [report, signature, key] = [given.get('report'), given.get('--signature'), given.get('--key')];
  if (report === undefined || signature === undefined || key === undefined)
    throw new AppError('bad_request', USAGE);
  return { report, signature, key };
}

async function read(file: string): Promise<Buffer> {
  return await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${file} cannot be read (${error.code})`, { file });
  });
}

const SIGNATURE = /^[A-Za-z0-9+/]{86}==$/;

async function signatureFrom(given: string): Promise<Buffer> {
  const text = SIGNATURE.test(given) ? given : (await read(given)).toString('utf8').trim();
  if (!SIGNATURE.test(text))
    throw new AppError('bad_input', 'the signature is not 64 bytes in base64, nor a file that holds them');
  return Buffer.from(text, 'base64');
}

function publicKey(pem: Buffer): KeyObject {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: what it is instead is of no use to anybody.
  }
  throw new AppError('bad_input', 'the key is not a public Ed25519 key in PEM');
}

/** What a report that holds says, in a few lines. */
function summaryOf(text: string): string {
  const parsed = validationReport.safeParse(JSON.parse(text));
  if (!parsed.success) return 'It holds, and is of another version of Sequela: its content is not told.';
  const { run, at, engine, cases, recordings, comparison } = parsed.data;
  const wrong = cases.filter(({ ok }) => !ok).length;
  const before =
    comparison === null
      ? 'There was no run before it.'
      : `Compared with run ${comparison.previous}: ${comparison.worse.length} worse, ${comparison.better.length} better.`;
  return `Run ${run} of ${at} by Sequela ${engine.version}: ${recordings} recordings, ${cases.length} labelled cases, ${wrong} not as labelled. ${before}`;
}

await runCommand('validation:verify', main);
