import { ModuleProvider, Modules } from "@medusajs/framework/utils"

import InboxService from "./service"

export default ModuleProvider(Modules.NOTIFICATION, {
  services: [InboxService],
})
