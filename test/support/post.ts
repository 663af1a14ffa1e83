import type {
  Delivery,
  Message,
  Notifier,
} from "../../src/notifications/notifier"
import { sendNotifications } from "../../src/runners/notify"
import { publishOutbox } from "../../src/runners/publish-outbox"
import type { Books } from "./books"

const SILENT = { info() {}, warn() {}, error() {} }
export const OPERATOR = "ops@example.com"

/** A Notification module that keeps what it sent to whom. */
export class Post implements Notifier {
  readonly sent: Message[] = []

  serves(): boolean {
    return true
  }
  deliver(message: Message): Promise<Delivery> {
    this.sent.push(message)
    return Promise.resolve("sent")
  }
  /** What operators were mailed, as subjects. */
  get mails(): string[] {
    return this.sent
      .filter(({ to }) => to === OPERATOR)
      .map(({ content }) => content?.subject ?? "")
  }
  /** What rang the admin's bell, as titles. */
  get bell(): string[] {
    return this.sent
      .filter(({ channel }) => channel === "feed")
      .map(({ data }) => String(data.title))
  }
}

/** Publishes what happened and tells whom it concerns. */
export async function tell({ db }: Books, post: Post): Promise<void> {
  await publishOutbox({
    books: db,
    publish: () => Promise.resolve(),
    log: SILENT,
  })
  await sendNotifications({
    books: db,
    log: SILENT,
    notifier: post,
    notifications: {
      channel: "email",
      from: null,
      operators: [OPERATOR],
      templates: {},
    },
  })
}
