import { alertList, alertQuery } from '../alerts';
import { eventDetail, eventList, eventQuery } from '../events';
import { named, type Route } from '../route';

/** Events and vendor alerts. */
export const eventRoutes = {
  searchEvents: {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'Search over all events, newest first',
    permit: 'events.read',
    query: eventQuery,
    answer: eventList,
  },
  getEvent: {
    method: 'GET',
    path: '/api/v1/events/{id}',
    summary: 'One event with its record exactly as the export held it',
    permit: 'events.read',
    params: named,
    answer: eventDetail,
  },
  listAlerts: {
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'Vendor alerts, newest first, each with the finding whose chain explains it',
    permit: 'events.read',
    query: alertQuery,
    answer: alertList,
  },
} as const satisfies Record<string, Route>;
