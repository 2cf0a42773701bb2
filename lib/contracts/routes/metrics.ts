import { boardReportQuery, metricItems, metricListQuery, metricsQuery, metricsView } from '../metrics';
import { changeScheduleBody, reportSchedule, reportScheduleBody, reportScheduleList } from '../reports';
import { numbered, type Route } from '../route';
import { done } from '../scalars';

/** What the team's work came to, and reports of it. */
export const metricRoutes = {
  getMetrics: {
    method: 'GET',
    path: '/api/v1/metrics',
    summary: 'Times, precision, clocks, backlog, alerts and rework, measured from history',
    permit: 'metrics.read',
    query: metricsQuery,
    answer: metricsView,
  },
  listMetricItems: {
    method: 'GET',
    path: '/api/v1/metrics/items',
    summary: 'What a number is made of',
    permit: 'metrics.read',
    query: metricListQuery,
    answer: metricItems,
  },
  getBoardReport: {
    method: 'GET',
    path: '/api/v1/coverage/report',
    summary: 'Coverage, fixes, validation and team on one page, as PDF',
    permit: 'coverage.read',
    query: boardReportQuery,
    answer: 'application/pdf',
  },
  listReportSchedules: {
    method: 'GET',
    path: '/api/v1/report-schedules',
    summary: 'What is made and sent again and again',
    permit: 'reports.read',
    answer: reportScheduleList,
  },
  addReportSchedule: {
    method: 'POST',
    path: '/api/v1/report-schedules',
    summary: 'Send a report by mail and to webhooks, or validate, again and again',
    permit: 'reports.manage',
    body: reportScheduleBody,
    answer: reportSchedule,
    statuses: [201],
  },
  changeReportSchedule: {
    method: 'PUT',
    path: '/api/v1/report-schedules/{id}',
    summary: 'Change a schedule',
    permit: 'reports.manage',
    params: numbered,
    body: changeScheduleBody,
    answer: reportSchedule,
  },
  removeReportSchedule: {
    method: 'DELETE',
    path: '/api/v1/report-schedules/{id}',
    summary: 'Stop a schedule for good',
    permit: 'reports.manage',
    params: numbered,
    answer: done,
  },
  runReportSchedule: {
    method: 'POST',
    path: '/api/v1/report-schedules/{id}/run',
    summary: 'Make and send it now',
    permit: 'reports.manage',
    params: numbered,
    answer: done,
  },
} as const satisfies Record<string, Route>;
