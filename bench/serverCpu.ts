import { serverCpuSeconds } from './usage';

/** CPU seconds that this measurement's PostgreSQL spends from now on; zero where that cannot be told. */
export function watchServer(): () => number {
  const postmaster = Number(process.env.BENCH_POSTMASTER);
  const before = serverCpuSeconds(postmaster);
  return () => {
    const now = serverCpuSeconds(postmaster);
    return before === undefined || now === undefined ? 0 : now - before;
  };
}
