import { AbstractEventBusModuleService } from "@medusajs/framework/utils"

/**
 * An event bus that loses everything, as one may on a bad day: subscribers are
 * taken, and none of them ever hears of anything.
 */
export default class MutedEventsService extends AbstractEventBusModuleService {
  async emit(): Promise<void> {}

  async releaseGroupedEvents(): Promise<void> {}

  async clearGroupedEvents(): Promise<void> {}
}
