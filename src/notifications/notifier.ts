import type {
  FilterableNotificationProps,
  INotificationModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MedusaError,
  Modules,
} from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"

/** One message for one address. Its key makes that it leaves once. */
export type Message = {
  key: string
  channel: string
  to: string
  from: string | null
  /** Name of the template, for providers that keep their own. */
  template: string
  /** Kept by Medusa with the notification: nothing secret. */
  data: Record<string, unknown>
  /** Handed to the provider and not kept. */
  content: { subject: string; text: string; html: string } | null
  subject_id: string
}

export type Delivery = "sent" | "no_channel" | "unclear"

/** The shop's Notification module, as far as it is needed. */
export interface Notifier {
  /** Whether a provider serves the channel; `null` where that cannot be told without trying. */
  serves(channel: string): boolean | null
  /**
   * Sends once for each key. `unclear`: an earlier try was never concluded, so
   * that sending again could be a second time. Throws what the provider throws.
   */
  deliver(message: Message): Promise<Delivery>
}

const ConfigOfProviders = z.looseObject({
  modules: z.looseObject({
    notification: z.looseObject({
      options: z.looseObject({
        providers: z.array(
          z.looseObject({
            options: z
              .looseObject({ channels: z.array(z.string()).default([]) })
              .default({ channels: [] }),
          })
        ),
      }),
    }),
  }),
})

/** `null` where the shop has no Notification module. */
export function notifierFrom(container: MedusaContainer): Notifier | null {
  const service = container.resolve<INotificationModuleService | undefined>(
    Modules.NOTIFICATION,
    { allowUnregistered: true }
  )
  if (!service) return null
  const config = ConfigOfProviders.safeParse(
    container.resolve(ContainerRegistrationKeys.CONFIG_MODULE, {
      allowUnregistered: true,
    })
  )
  const channels = config.data?.modules.notification.options.providers.flatMap(
    ({ options }) => options.channels
  )
  return {
    serves: (channel) => channels?.includes(channel) ?? null,
    deliver: (message) => deliver(service, message),
  }
}

async function deliver(
  service: INotificationModuleService,
  { key, content, subject_id, ...message }: Message
): Promise<Delivery> {
  try {
    const [created] = await service.createNotifications([
      {
        ...message,
        ...(content && { content }),
        idempotency_key: key,
        trigger_type: "masspay",
        resource_id: subject_id,
        resource_type: "masspay",
      },
    ])
    if (created) return "sent"
  } catch (error) {
    if (isWithoutProvider(error)) return "no_channel"
    throw error
  }
  // Medusa knows the key already: from a try that ended before we noted it.
  const filters: FilterableNotificationProps & { idempotency_key: string } = {
    idempotency_key: key,
  }
  const [known] = await service.listNotifications(filters)
  return known?.status === "success" ? "sent" : "unclear"
}

function isWithoutProvider(error: unknown): boolean {
  return (
    error instanceof Error &&
    "type" in error &&
    error.type === MedusaError.Types.NOT_FOUND
  )
}
