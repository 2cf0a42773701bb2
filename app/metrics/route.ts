import { guard, listening } from '@/lib/http/guard';
import { problemResponse } from '@/lib/http/problem';
import { readMetrics } from '@/lib/workflows/readHealth';

export const dynamic = 'force-dynamic';

/** Figures for Prometheus: counts only, no names of hosts, people or files. */
export async function GET(request: Request): Promise<Response> {
  try {
    guard(request, listening());
    return new Response(await readMetrics(), { headers: { 'content-type': 'text/plain; version=0.0.4' } });
  } catch (error) {
    return problemResponse(error);
  }
}
