/** The process is alive and answers; says nothing of the database. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ status: 'alive' });
}
