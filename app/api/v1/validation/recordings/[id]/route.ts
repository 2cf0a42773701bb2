import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { relabelRecording, removeRecording } from '@/lib/workflows/validation/recordings';

export const PUT = door(routes.setRecordingLabels, ({ params, body, actor }) =>
  relabelRecording(params.id, body.labels, actor.name),
);

export const DELETE = door(routes.removeValidationRecording, ({ params, actor }) =>
  removeRecording(params.id, actor.name),
);
