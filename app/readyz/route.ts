import { guard, listening } from '@/lib/http/guard';
import { problemResponse } from '@/lib/http/problem';
import { readReadiness } from '@/lib/workflows/readHealth';

export const dynamic = 'force-dynamic';

/** Whether requests can be served now: 200, or 503 with the reason. */
export async function GET(request: Request): Promise<Response> {
  try {
    guard(request, listening());
    const readiness = await readReadiness();
    return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
  } catch (error) {
    return problemResponse(error);
  }
}
