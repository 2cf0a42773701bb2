import type { PackManifest, PackOriginals } from '../contracts/evidence';
import type { Check } from './check';
import type { Pack } from './pack';
import { PACK } from './packNames';

/** Whether the manifest is the one whose hash lies beside it. */
export function checkManifest(pack: Pack, hashText: string): Check {
  const [wanted] = hashText.trim().split(/\s+/);
  const manifest = pack.files.get(PACK.manifest);
  return wanted !== undefined && manifest?.sha256 === wanted
    ? { ok: true, text: `manifest: SHA-256 ${wanted}` }
    : { ok: false, text: `manifest: its SHA-256 is ${manifest?.sha256 ?? 'missing'}, not ${wanted ?? ''}` };
}

/** Whether every file is there with its bytes, and none besides. */
export function checkFiles(pack: Pack, manifest: PackManifest): readonly Check[] {
  const listed = new Set<string>([PACK.manifest, PACK.manifestHash]);
  const faults: string[] = [];
  let bytes = 0;
  for (const { name, sha256, bytes: length } of manifest.files) {
    if (listed.has(name)) faults.push(`${name} is listed twice`);
    listed.add(name);
    bytes += length;
    const file = pack.files.get(name);
    if (file === undefined) faults.push(`${name} is missing`);
    else if (file.problem !== undefined) faults.push(`${name} cannot be unpacked: ${file.problem}`);
    else if (file.sha256 !== sha256 || file.bytes !== length) faults.push(`${name} is not what it was`);
  }
  for (const name of pack.files.keys()) if (!listed.has(name)) faults.push(`${name} was added`);
  if (faults.length === 0)
    return [
      { ok: true, text: `files: all ${manifest.files.length} as listed, ${bytes} bytes, none besides` },
    ];
  return faults.map((fault) => ({ ok: false, text: `files: ${fault}` }));
}

/** Whether the files that were imported are what was imported, where the pack holds them. */
export function checkOriginals(pack: Pack, originals: PackOriginals): readonly Check[] {
  const held = originals.flatMap(({ file, ...one }) => (file === null ? [] : [{ ...one, file }]));
  const faults = held.filter(({ file, sha256 }) => pack.files.get(file)?.sha256 !== sha256);
  if (faults.length > 0)
    return faults.map(({ file }) => ({ ok: false, text: `originals: ${file} is not what was imported` }));
  const without = originals.length - held.length;
  return [
    {
      ok: true,
      text: `originals: ${held.length} of ${originals.length} in the pack, each what was imported${without > 0 ? '; hold the others against originals.json' : ''}`,
    },
  ];
}
