/** What a host's own templates may build on. */
export { notificationTemplates } from "./templates"
export type {
  NotificationContext,
  NotificationTemplate,
  NotificationText,
} from "./templates"
