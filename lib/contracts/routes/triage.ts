import { z } from 'zod';
import { alertAssignBody, alertVerdictBody, alertView } from '../alerts';
import { numbered, type Route } from '../route';
import { savedView, savedViewList, saveViewBody, serviceClocks, setServiceClocksBody } from '../triage';

/** An alert by its key, which holds the vendor's id whatever its length. */
const byAlert = z.object({ id: z.string().min(1).max(8000) });

/** What belongs to the queue beside findings: decisions on alerts, saved views, service clocks. */
export const triageRoutes = {
  giveAlertVerdict: {
    method: 'POST',
    path: '/api/v1/alerts/{id}/verdict',
    summary: 'Give a verdict on a vendor alert, or take it back with null',
    permit: 'alerts.decide',
    params: byAlert,
    body: alertVerdictBody,
    answer: alertView,
  },
  assignAlert: {
    method: 'POST',
    path: '/api/v1/alerts/{id}/assign',
    summary: 'Assign a vendor alert',
    permit: 'alerts.decide',
    params: byAlert,
    body: alertAssignBody,
    answer: alertView,
  },
  listViews: {
    method: 'GET',
    path: '/api/v1/views',
    summary: 'Saved views of the queue: shared ones and one’s own, with counts',
    permit: 'findings.read',
    answer: savedViewList,
  },
  saveView: {
    method: 'POST',
    path: '/api/v1/views',
    summary: 'Keep a view of the queue under a name',
    permit: 'searches.write',
    body: saveViewBody,
    answer: savedView,
    statuses: [201],
  },
  changeView: {
    method: 'PUT',
    path: '/api/v1/views/{id}',
    summary: 'Change a view of one’s own',
    permit: 'searches.write',
    params: numbered,
    body: saveViewBody,
    answer: savedView,
  },
  deleteView: {
    method: 'DELETE',
    path: '/api/v1/views/{id}',
    summary: 'Delete a view of one’s own',
    permit: 'searches.write',
    params: numbered,
    answer: savedViewList,
  },
  getServiceClocks: {
    method: 'GET',
    path: '/api/v1/service-clocks',
    summary: 'How long findings of each severity may wait',
    permit: 'findings.read',
    answer: serviceClocks,
  },
  setServiceClocks: {
    method: 'PUT',
    path: '/api/v1/service-clocks',
    summary: 'Set how long findings of each severity may wait',
    permit: 'clocks.manage',
    body: setServiceClocksBody,
    answer: serviceClocks,
  },
} as const satisfies Record<string, Route>;
