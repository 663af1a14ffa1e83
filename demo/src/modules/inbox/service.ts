import type {
  ProviderSendNotificationDTO,
  ProviderSendNotificationResultsDTO,
} from "@medusajs/framework/types"
import { AbstractNotificationProviderService } from "@medusajs/framework/utils"

import { keepMail } from "./mails"

/** Delivers mails to a page of the demo instead of to people. */
export default class InboxService extends AbstractNotificationProviderService {
  static override identifier = "demo-inbox"

  override send({
    to,
    content,
  }: ProviderSendNotificationDTO): Promise<ProviderSendNotificationResultsDTO> {
    keepMail({
      to,
      subject: content?.subject ?? "",
      text: content?.text ?? "",
      html: content?.html ?? "",
      sent_at: new Date().toISOString(),
    })
    return Promise.resolve({})
  }
}
