import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { uploadBody } from '@/lib/http/uploadBody';
import { addRecording, readRecordings } from '@/lib/workflows/validation/recordings';

export const GET = door(routes.listValidationRecordings, () => readRecordings());

export const POST = door(routes.addValidationRecording, async ({ query, request, actor }) => {
  const { content } = await uploadBody(request);
  const { recording, created } = await addRecording(query, content, actor.name);
  return reply(created ? 201 : 200, recording);
});
