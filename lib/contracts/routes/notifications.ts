import {
  addWebhookBody,
  byDelivery,
  byNotification,
  changeWebhookBody,
  choicesBody,
  choicesView,
  deliveryList,
  deliveryView,
  newWebhook,
  notificationList,
  notificationQuery,
  notificationView,
  readAllBody,
  unreadCount,
  webhookList,
  webhookView,
} from '../notifications';
import { numbered, type Route } from '../route';
import { done, page } from '../scalars';

/** What one is told, and by which ways: always one's own. */
const ownRoutes = {
  listNotifications: {
    method: 'GET',
    path: '/api/v1/notifications',
    summary: 'What one was told, newest first',
    permit: 'account.own',
    query: notificationQuery,
    answer: notificationList,
  },
  countUnread: {
    method: 'GET',
    path: '/api/v1/notifications/unread',
    summary: 'How much of it was not read',
    permit: 'account.own',
    answer: unreadCount,
  },
  readAllNotifications: {
    method: 'POST',
    path: '/api/v1/notifications/read',
    summary: 'Mark everything as read, up to the newest one saw',
    permit: 'account.own',
    body: readAllBody,
    answer: unreadCount,
  },
  readNotification: {
    method: 'POST',
    path: '/api/v1/notifications/{id}/read',
    summary: 'Mark one as read; that of another is not found',
    permit: 'account.own',
    params: byNotification,
    answer: notificationView,
  },
  getNotificationChoices: {
    method: 'GET',
    path: '/api/v1/notifications/choices',
    summary: 'By which ways one is told of each kind',
    permit: 'account.own',
    answer: choicesView,
  },
  saveNotificationChoices: {
    method: 'PUT',
    path: '/api/v1/notifications/choices',
    summary: 'Choose the ways for some kinds; the others stay as they are',
    permit: 'account.own',
    body: choicesBody,
    answer: choicesView,
  },
} as const satisfies Record<string, Route>;

/** Systems outside that are told of what happens. */
const webhookRoutes = {
  listWebhooks: {
    method: 'GET',
    path: '/api/v1/webhooks',
    summary: 'Webhooks, with how their last messages ended',
    permit: 'webhooks.manage',
    answer: webhookList,
  },
  addWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks',
    summary: 'Add a webhook; answers with the secret that signs its messages, which is never shown again',
    permit: 'webhooks.manage',
    body: addWebhookBody,
    answer: newWebhook,
    statuses: [201],
  },
  changeWebhook: {
    method: 'PUT',
    path: '/api/v1/webhooks/{id}',
    summary: 'Change a webhook, or switch it off',
    permit: 'webhooks.manage',
    params: numbered,
    body: changeWebhookBody,
    answer: webhookView,
  },
  removeWebhook: {
    method: 'DELETE',
    path: '/api/v1/webhooks/{id}',
    summary: 'Remove a webhook and its messages',
    permit: 'webhooks.manage',
    params: numbered,
    answer: done,
  },
  testWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/test',
    summary: 'Send it a test message',
    permit: 'webhooks.manage',
    params: numbered,
    answer: deliveryView,
    statuses: [202],
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/v1/webhooks/{id}/deliveries',
    summary: 'Its messages, newest first, with why the last attempt failed',
    permit: 'webhooks.manage',
    params: numbered,
    query: page,
    answer: deliveryList,
  },
  retryDelivery: {
    method: 'POST',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery}/retry',
    summary: 'Send a message that was given up once more',
    permit: 'webhooks.manage',
    params: byDelivery,
    answer: deliveryView,
    statuses: [202],
  },
} as const satisfies Record<string, Route>;

export const notificationRoutes = { ...ownRoutes, ...webhookRoutes } as const;
