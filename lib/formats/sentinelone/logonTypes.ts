/** Windows' number of a logon type that SentinelOne writes as a word; a number or an unknown word stays as it is. */
export function logonTypeOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : (NUMBERS.get(word.toUpperCase().replace(/[\s_-]/g, '')) ?? word);
}

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['INTERACTIVE', '2'],
  ['NETWORK', '3'],
  ['BATCH', '4'],
  ['SERVICE', '5'],
  ['UNLOCK', '7'],
  ['NETWORKCLEARTEXT', '8'],
  ['NEWCREDENTIALS', '9'],
  ['REMOTEINTERACTIVE', '10'],
  ['CACHEDINTERACTIVE', '11'],
]);
