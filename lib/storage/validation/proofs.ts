import type { Connection } from '../client';

/** A stage that a run matched as labelled, by what one source recorded. */
export type StageProofRow = {
  /** `ANALYTIC/stage`. */
  readonly stage: string;
  readonly source: string;
  readonly recording: string;
  readonly sha256: string;
  /** Of the analytic. */
  readonly version: string;
};

/** Writes what a run proved; of several recordings that prove the same, the first. */
export async function addProofs(
  connection: Connection,
  runId: number,
  proofs: readonly StageProofRow[],
): Promise<void> {
  if (proofs.length === 0) return;
  await connection.query(
    `INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version)
     SELECT $1, p.stage, p.source, p.recording, p.sha256, p.version
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS p(stage, source, recording, sha256, version)
     ON CONFLICT DO NOTHING`,
    [
      runId,
      proofs.map(({ stage }) => stage),
      proofs.map(({ source }) => source),
      proofs.map(({ recording }) => recording),
      proofs.map(({ sha256 }) => sha256),
      proofs.map(({ version }) => version),
    ],
  );
}
