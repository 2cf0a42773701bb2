import type { ValueTest } from './valueTest';

const NAMED = /^\*?(md5|sha1|sha256|imphash)=/i;

/**
 * The test of a value of `Hashes` (`SHA1=…,IMPHASH=…`): of a list that does not have the algorithm which the rule asks
 * for nothing is known, since the sensor was not told to compute it. Other values judge as they did.
 */
export function hashesValue(test: ValueTest, field: string | undefined): ValueTest {
  if (field?.toLowerCase() !== 'hashes') return test;
  const algorithm = NAMED.exec(test.expected)?.[1]?.toLowerCase();
  if (algorithm === undefined) return test;
  const name = `${algorithm}=`;
  return {
    ...test,
    id: `h${test.id}`,
    holds: (list) => test.holds(list) || (list.toLowerCase().includes(name) ? false : undefined),
  };
}
