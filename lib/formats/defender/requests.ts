import { type OpenDraft, put } from '../eventDraft';
import { countOf, textOf } from '../vendorValues';
import { taskCommand } from '../windows/tasks';
import { processEntity, putActor } from './processes';
import { cell, detailsOf, type HuntingRow, pathOf, timeCell } from './row';

/** One process ran code in another, which the row's own columns name. */
export function setTarget(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const pid = countOf(row.ProcessId);
  put(draft, 'Target.process.entity_id', processEntity(pid, timeCell(row, 'ProcessCreationTime')));
  put(draft, 'Target.process.pid', pid);
  put(draft, 'Target.process.executable', pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')));
  return pid === undefined && draft['Target.process.executable'] === undefined
    ? 'names no target'
    : undefined;
}

/** A scheduled task was made or changed; AdditionalFields name it and hold its XML or its command. */
export function setTask(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const details = detailsOf(row);
  const name = textOf(details.TaskName) ?? textOf(details.ScheduledTaskName);
  put(draft, 'task.name', name);
  const xml = textOf(details.TaskContent) ?? textOf(details.TaskContentNew);
  const command = textOf(details.Command) ?? textOf(details.TaskCommand);
  const args = textOf(details.Arguments) ?? textOf(details.TaskArguments);
  const whole = command === undefined || args === undefined ? command : `${command} ${args}`;
  put(draft, 'task.command', taskCommand(xml) ?? whole ?? cell(row, 'ProcessCommandLine'));
  return name === undefined ? 'no TaskName in AdditionalFields' : undefined;
}

/** A service was installed; the row's file is its program. */
export function setService(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const details = detailsOf(row);
  put(draft, 'service.name', textOf(details.ServiceName));
  put(
    draft,
    'service.command',
    cell(row, 'ProcessCommandLine') ??
      textOf(details.ServiceImagePath) ??
      textOf(details.ImagePath) ??
      pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')),
  );
  return draft['service.name'] === undefined && draft['service.command'] === undefined
    ? 'names no service'
    : undefined;
}
